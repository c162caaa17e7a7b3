"""Tries the image that scripts/image packed.

Usage: check.py ARCHIVE

Every blob has the hash it is named by; there is no shell; nothing but the state
and /tmp can be written by the user it runs as; and, as root, each server starts
from the read-only root as that user within two seconds.
"""

import hashlib
import io
import json
import os
import pathlib
import select
import signal
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time

USER = 65532
READY_MAX_S = 2.0
STARTS = 3
SERVERS = {
    "scheduling": [],
    "certificates": ["--store=sqlite:/var/lib/frikommune/c.db"],
    "rehab": ["--store=sqlite:/var/lib/frikommune/r.db", "--certificates=127.0.0.1:1"],
}
# What a container runtime does: the root is read-only, the state is not.
ENTER = """
set -e
mount --bind "$0" "$0" && mount -o remount,ro,bind "$0"
mount -t tmpfs tmpfs "$0/tmp" && mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev"
mount -t tmpfs -o uid=65532,gid=65532,mode=0770 tmpfs "$0/var/lib/frikommune"
exec chroot --userspec=65532:65532 "$0" "$@"
"""


def blob(archive, described):
    """A blob by its description, which it must match."""
    name = described["digest"].replace(":", "/")
    data = archive.extractfile(f"blobs/{name}").read()
    assert "sha256:" + hashlib.sha256(data).hexdigest() == described["digest"], name
    assert len(data) == described["size"], name
    return data


def unpack(path, root):
    with tarfile.open(path) as archive:
        assert json.load(archive.extractfile("oci-layout")) == {"imageLayoutVersion": "1.0.0"}
        (described,) = json.load(archive.extractfile("index.json"))["manifests"]
        manifest = json.loads(blob(archive, described))
        config = json.loads(blob(archive, manifest["config"]))
        assert config["config"]["User"] == f"{USER}:{USER}"
        for layer, diff in zip(manifest["layers"], config["rootfs"]["diff_ids"], strict=True):
            with tarfile.open(fileobj=io.BytesIO(blob(archive, layer)), mode="r:gz") as tar:
                tar.fileobj.seek(0)
                assert "sha256:" + hashlib.sha256(tar.fileobj.read()).hexdigest() == diff
                tar.fileobj.seek(0)
                for info in tar:
                    if not info.issym():
                        may_write(info)
                    tar.extract(info, root, numeric_owner=True)
    for shell in ("bin/sh", "usr/bin/sh", "bin/bash", "usr/bin/busybox"):
        assert not (root / shell).exists(), f"there is a shell: {shell}"


def may_write(info):
    written = info.name in ("tmp", "var/lib/frikommune")
    can = info.mode & 0o002 or (info.uid == USER and info.mode & 0o200)
    assert bool(can) == written, f"{info.name}: mode {info.mode:o} of {info.uid}"


def start(root, service, flags):
    """Seconds from start to ready."""
    began = time.monotonic()
    server = subprocess.Popen(
        ["unshare", "--mount", "sh", "-c", ENTER, root,
         f"/usr/local/bin/frikommune-{service}", "--catalog=/usr/share/frikommune/catalog",
         "--listen=127.0.0.1:0", "--metrics-listen=127.0.0.1:0", *flags],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        readable, _, _ = select.select([server.stdout], [], [], 30)
        line = server.stdout.readline() if readable else ""
        took = time.monotonic() - began
        if not line.startswith("ready "):
            server.kill()
            sys.exit(f"{service} did not get ready: {line}{server.stderr.read()}")
        return took
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=30)


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        root = pathlib.Path(folder)
        unpack(sys.argv[1], root)
        print("image: the archive is whole, without a shell, and read-only but for its state")
        if subprocess.run(["unshare", "--mount", "true"], stderr=subprocess.DEVNULL).returncode:
            print("image: NOT STARTED: only root, who may mount, can do so as a cluster does")
            return
        for service, flags in SERVERS.items():
            took = statistics.median(start(folder, service, flags) for _ in range(STARTS))
            print(f"image: {service} is ready after {took:.2f} s")
            if took > READY_MAX_S:
                sys.exit(f"image: more than {READY_MAX_S} s")


main()
