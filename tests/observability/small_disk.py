"""A disk in memory that fills up. To mount it takes root, and a mount namespace of
one's own keeps it from everyone else: `unshare --mount`."""

import contextlib
import os
import subprocess

SIZE = "96m"
PIECE = bytes(64 * 1024)


class SmallDisk:
    """Mounted at a folder, which it makes. Where that is not allowed the folder is
    there all the same, and is said not to be small."""

    def __init__(self, folder):
        folder.mkdir()
        self._folder = folder
        self._rest = folder / "rest"
        self.is_small = os.geteuid() == 0 and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder], check=False).returncode == 0

    def fill(self):
        """Leaves no room."""
        with open(self._rest, "ab", buffering=0) as rest, contextlib.suppress(OSError):
            while True:
                rest.write(PIECE)

    def clear(self):
        """Gives the room back."""
        self._rest.unlink()

    def remove(self):
        if self.is_small:
            subprocess.run(["umount", "--lazy", self._folder], check=True)
