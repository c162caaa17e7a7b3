"""A program that a test starts, reads, and ends by its id."""

import contextlib
import os
import queue
import re
import signal
import subprocess
import threading
import time

START_SECONDS = 60


class Process:
    """A running program, and what it says line by line. It is a group of its own,
    so that what it starts ends with it."""

    def __init__(self, command, says, **how):
        self._process = subprocess.Popen(
            [str(word) for word in command], text=True, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **how)
        self._lines = queue.Queue()
        self._said = []
        threading.Thread(target=self._read, daemon=True).start()
        self.ready = self.wait_for(says)

    def _read(self):
        for line in self._process.stdout:
            self._said.append(line)
            self._lines.put(line)
        self._lines.put(None)

    def wait_for(self, pattern):
        """The match in the next line that has one; RuntimeError if none comes."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            with contextlib.suppress(queue.Empty):
                line = self._lines.get(timeout=1)
                if line is None:
                    break
                found = re.search(pattern, line)
                if found:
                    return found
        self.kill()
        raise RuntimeError(f"{self._process.args[0]} did not get ready:\n" + "".join(self._said[-20:]))

    def kill(self):
        """Ends it at once, as a lost machine would. May be called again."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
