"""Packs a folder as an OCI archive, the same bytes for the same folder.

Usage: pack.py ROOT ARCHIVE NAME:TAG REVISION EPOCH [COMMAND]

Every file has the time EPOCH and belongs to root, but for what the server writes.
Two layers, so that a new program alone does not move the libraries again. Prints
the digest of the manifest.
"""

import gzip
import hashlib
import io
import json
import pathlib
import sys
import tarfile
import time

USER = 65532
WRITTEN = "var/lib/frikommune"
OURS = ("usr/local", "usr/share/frikommune", WRITTEN)


def entry(name, path, epoch):
    info = tarfile.TarInfo(name)
    info.mtime = epoch
    stat = path.lstat()
    info.mode = stat.st_mode & 0o7777
    if name == WRITTEN:
        info.uid = info.gid = USER
    if path.is_symlink():
        info.type, info.linkname, info.mode = tarfile.SYMTYPE, str(path.readlink()), 0o777
    elif path.is_dir():
        info.type = tarfile.DIRTYPE
    else:
        info.size = stat.st_size
    return info


def layer(root, names, epoch):
    """The names as a tar, and the hash of it."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name in names:
            path = root / name
            info = entry(name, path, epoch)
            if info.isreg():
                with path.open("rb") as file:
                    tar.addfile(info, file)
            else:
                tar.addfile(info)
    return out.getvalue()


def ours(name):
    return any(name == place or name.startswith(place + "/") for place in OURS)


class Archive:
    """The blobs of an image, by their hash."""

    def __init__(self):
        self.files = {}

    def add(self, data, media_type):
        digest = hashlib.sha256(data).hexdigest()
        self.files[f"blobs/sha256/{digest}"] = data
        return {"mediaType": media_type, "digest": f"sha256:{digest}", "size": len(data)}

    def add_json(self, value, media_type):
        return self.add(json.dumps(value, separators=(",", ":")).encode(), media_type)

    def write(self, path, epoch):
        with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as tar:
            for name in sorted(self.files):
                info = tarfile.TarInfo(name)
                info.size, info.mtime, info.mode = len(self.files[name]), epoch, 0o644
                tar.addfile(info, io.BytesIO(self.files[name]))


def main():
    root, out = pathlib.Path(sys.argv[1]), sys.argv[2]
    name, revision, epoch = sys.argv[3], sys.argv[4], int(sys.argv[5])
    command = sys.argv[6:] or ["/usr/local/bin/frikommune", "--help"]
    version = name.rsplit(":", 1)[1]
    created = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(epoch))
    names = sorted(str(path.relative_to(root)) for path in root.rglob("*"))

    archive = Archive()
    layers, diffs, history = [], [], []
    for what, part in (
        ("the libraries, from Debian 12", [n for n in names if not ours(n)]),
        ("the programs, the catalog and the examples", [n for n in names if ours(n)]),
    ):
        tar = layer(root, part, epoch)
        diffs.append("sha256:" + hashlib.sha256(tar).hexdigest())
        layers.append(archive.add(gzip.compress(tar, 6, mtime=0),
                                  "application/vnd.oci.image.layer.v1.tar+gzip"))
        history.append({"created": created, "created_by": what})
    labels = {
        "org.opencontainers.image.title": "frikommune",
        "org.opencontainers.image.version": version,
        "org.opencontainers.image.revision": revision,
        "org.opencontainers.image.licenses": "EUPL-1.2",
        "org.opencontainers.image.base.name": "debian:12-slim",
    }
    config = archive.add_json({
        "created": created,
        "architecture": "amd64",
        "os": "linux",
        "config": {
            "User": f"{USER}:{USER}",
            "ExposedPorts": {"50051/tcp": {}, "50052/tcp": {}, "9090/tcp": {}},
            "Env": ["PATH=/usr/local/bin",
                    "FRIKOMMUNE_CATALOG=/usr/share/frikommune/catalog"],
            "Cmd": command,
            "Labels": labels,
            "StopSignal": "SIGTERM",
        },
        "rootfs": {"type": "layers", "diff_ids": diffs},
        "history": history,
    }, "application/vnd.oci.image.config.v1+json")
    manifest = archive.add_json({
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": config,
        "layers": layers,
        "annotations": labels,
    }, "application/vnd.oci.image.manifest.v1+json")
    entry_of_index = dict(manifest, annotations={
        "org.opencontainers.image.ref.name": version,
        "io.containerd.image.name": name if "/" in name else f"localhost/{name}",
    }, platform={"architecture": "amd64", "os": "linux"})
    archive.files["index.json"] = json.dumps({
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.index.v1+json",
        "manifests": [entry_of_index],
    }).encode()
    archive.files["oci-layout"] = b'{"imageLayoutVersion":"1.0.0"}'
    archive.write(out, epoch)
    print(manifest["digest"])


main()
