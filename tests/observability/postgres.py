"""A PostgreSQL server of its own. It listens on a socket in its folder, and on no
port."""

import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile

from process import Process

PROGRAMS = pathlib.Path("/usr/lib/postgresql/15/bin")


class Postgres:
    """A running server with no databases yet."""

    def __init__(self):
        self._folder = pathlib.Path(tempfile.mkdtemp(prefix="frikommune-live-postgres-"))
        who = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root.
            user = pwd.getpwnam("postgres")
            os.chown(self._folder, user.pw_uid, user.pw_gid)
            who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": self._folder}
        data = self._folder / "data"
        try:
            subprocess.run([PROGRAMS / "initdb", "-D", data, "-U", "frikommune", "-A", "trust", "-E", "UTF8",
                            "--locale=C.UTF-8", "--no-sync"], check=True, capture_output=True, **who)
            self._server = Process([PROGRAMS / "postgres", "-D", data, "-k", self._folder, "-c", "listen_addresses="],
                                   "ready to accept connections", **who)
        except BaseException:
            shutil.rmtree(self._folder)
            raise

    def make_database(self, name):
        """Makes an empty database, and says what a server calls it."""
        subprocess.run([PROGRAMS / "createdb", "-h", self._folder, "-U", "frikommune", name],
                       check=True, capture_output=True)
        return f"postgres:host={self._folder} user=frikommune dbname={name}"

    def kill(self):
        """Takes the server away at once."""
        self._server.kill()

    def remove(self):
        self.kill()
        shutil.rmtree(self._folder)
