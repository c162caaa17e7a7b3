#!/usr/bin/env python3
"""Runs clients/python/plan.py against the real service.

    plan_client_test.py ROOT BIN_DIR

The expected dates are AC-01 to AC-05 of the network's law: first joint meeting
by the end of week 8 in Aalborg, by week 6 under ordinary law.
"""

import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import unittest

START_LIMIT = 60  # Seconds; loading the catalog takes a fraction of one.

root = pathlib.Path()
bin_dir = pathlib.Path()


def python_with_grpc():
    """The first python3 on the path, or of the system, that can import grpc."""
    folders = os.environ["PATH"].split(os.pathsep) + ["/usr/bin"]
    for folder in folders:
        python = shutil.which("python3", path=folder)
        if not python:
            continue
        tried = subprocess.run(
            [python, "-c", "import grpc, google.protobuf"], capture_output=True, check=False
        )
        if tried.returncode == 0:
            return python
    raise FileNotFoundError("no python3 can import grpc; scripts/install brings one that can")


class Server:
    """The service on free ports, until the end of the with block."""

    def __enter__(self):
        self.log = tempfile.TemporaryFile(mode="w+")
        self.process = subprocess.Popen(
            [
                bin_dir / "frikommune-scheduling",
                "--catalog", root / "catalog",
                "--listen", "127.0.0.1:0",
                "--admin-listen", "127.0.0.1:0",
                "--metrics-listen", "127.0.0.1:0",
            ],
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        giving_up = threading.Timer(START_LIMIT, self.process.kill)
        giving_up.start()
        try:
            for line in self.process.stdout:
                if line.startswith("ready "):
                    addresses = dict(part.split("=", 1) for part in line.split()[1:])
                    self.target = addresses["grpc"]
                    return self
        finally:
            giving_up.cancel()
        self.process.wait()
        self.log.seek(0)
        raise RuntimeError(f"the service did not get ready:\n{self.log.read()}")

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(timeout=START_LIMIT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        finally:
            self.process.stdout.close()
            self.log.close()


def plan(target, *arguments):
    return subprocess.run(
        [python_with_grpc(), root / "clients/python/plan.py", "--target", target, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def duty(output, name):
    """The lines of one duty of what plan.py printed."""
    blocks = [block for block in output.split("\n\n") if block.split(":")[0].strip() == name]
    return blocks[0] if blocks else ""


class PlanClientTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Server())

    def test_prints_both_laws_and_why(self):
        result = plan(self.server.target)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("municipalities/851, case example-1, as of 2019-02-04", result.stdout)
        joint = duty(result.stdout, "JOINT_MEETING 1")
        self.assertRegex(joint, r"(?m)^  here +2019-01-07 to 2019-03-03 ", result.stdout)
        self.assertRegex(joint, r"(?m)^  ordinary law +2019-01-07 to 2019-02-17 ")
        self.assertRegex(joint, r"(?m)^  because +\S+/\S+  \w+")
        self.assertRegex(result.stdout, r"(?m)^catalog [0-9a-f]{12}$")

    def test_speaks_danish(self):
        english, danish = plan(self.server.target), plan(self.server.target, "--language", "da")
        self.assertEqual(danish.returncode, 0, danish.stderr)
        self.assertTrue(duty(danish.stdout, "JOINT_MEETING 1"))
        self.assertNotEqual(
            duty(english.stdout, "JOINT_MEETING 1"), duty(danish.stdout, "JOINT_MEETING 1")
        )

    def test_says_why_a_request_is_refused(self):
        request = json.loads((root / "clients/aalborg_joint_meeting.json").read_text())
        request["asOf"] = "2019-02-29"
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(request, file)
            file.flush()
            result = plan(self.server.target, file.name)
        self.assertEqual(result.returncode, 1)
        self.assertIn("INVALID_ARGUMENT: ", result.stderr)
        self.assertEqual(result.stdout, "")

    def test_says_that_no_service_is_there(self):
        with socket.socket() as taken:  # Bound and never listening.
            taken.bind(("127.0.0.1", 0))
            result = plan(f"127.0.0.1:{taken.getsockname()[1]}")
        self.assertEqual(result.returncode, 1)
        self.assertIn("UNAVAILABLE: ", result.stderr)


if __name__ == "__main__":
    root, bin_dir = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    unittest.main(argv=sys.argv[:1])
