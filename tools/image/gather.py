"""Gathers what the image holds in a folder: the programs, the libraries that they
name, the certificates of authorities, the catalog and the examples.

Usage: gather.py BIN ROOT

Also writes ROOT/var/lib/dpkg/status.d and the packages' copyrights, so that who
looks into the image knows what it was made of.
"""

import pathlib
import shutil
import subprocess
import sys

PROGRAMS = (
    "frikommune",
    "frikommune-certificates",
    "frikommune-rehab",
    "frikommune-scheduling",
)
CERTIFICATES = pathlib.Path("/etc/ssl/certs/ca-certificates.crt")
PASSWD = "root:x:0:0:root:/:/nonexistent\nfrikommune:x:65532:65532::/:/nonexistent\n"
GROUP = "root:x:0:\nfrikommune:x:65532:\n"


def run(*command):
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout


def real_place(path):
    """The path with every folder of it real, and the last part as it is."""
    return path.parent.resolve() / path.name


def libraries(programs):
    """What the programs load, the loader with it; every link on the way too."""
    found = set()
    for line in run("ldd", *programs).splitlines():
        if "not found" in line:
            sys.exit(f"gather: {line.strip()}")
        words = [word for word in line.split() if word.startswith("/")]
        if not words or line.endswith(":"):
            continue
        path = real_place(pathlib.Path(words[-1]))
        while path not in found:
            found.add(path)
            if not path.is_symlink():
                break
            path = real_place(path.parent / path.readlink())
    return sorted(found)


def owners(paths):
    """The packages that brought the files. Debian 12 records some without /usr."""
    names = [name for path in paths for name in (str(path), str(path).removeprefix("/usr"))]
    said = subprocess.run(("dpkg-query", "-S", *names), text=True, capture_output=True)
    brought = dict(reversed(line.split(": ", 1)) for line in said.stdout.splitlines())
    for path in paths:
        if not brought.keys() & {str(path), str(path).removeprefix("/usr")}:
            sys.exit(f"gather: {path} belongs to no package")
    return set(brought.values())


def put(source, root):
    target = root / source.relative_to("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target, follow_symlinks=False)


def put_package(package, root):
    name = package.split(":")[0]
    status = root / "var/lib/dpkg/status.d" / name
    status.parent.mkdir(parents=True, exist_ok=True)
    status.write_text(run("dpkg-query", "-s", package))
    copyright_file = root / "usr/share/doc" / name / "copyright"
    copyright_file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(f"/usr/share/doc/{name}/copyright", copyright_file)


def main():
    bin_folder, root = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
    for folder in ("dev", "etc/ssl/certs", "proc", "run", "sys", "tmp", "usr/lib",
                   "usr/lib64", "usr/local/bin",
                   "usr/share/frikommune", "var/lib/frikommune"):
        (root / folder).mkdir(parents=True)
    for link in ("lib", "lib64"):
        (root / link).symlink_to(f"usr/{link}")

    programs = [bin_folder / name for name in PROGRAMS]
    loaded = libraries(programs)
    for library in loaded:
        put(library, root)
    for program in programs:
        target = root / "usr/local/bin" / program.name
        run("strip", "--strip-all", "-o", str(target), str(program))
    put(CERTIFICATES, root)
    for package in sorted(owners(loaded) | {"ca-certificates"}):
        put_package(package, root)
    for folder in ("catalog", "examples"):
        shutil.copytree(folder, root / "usr/share/frikommune" / folder)
    (root / "etc/passwd").write_text(PASSWD)
    (root / "etc/group").write_text(GROUP)
    for path in root.rglob("*"):
        if not path.is_symlink():
            runs = path.is_dir() or path.parent.name == "bin" or "ld-linux" in path.name
            path.chmod(0o755 if runs else 0o644)
    (root / "tmp").chmod(0o1777)
    (root / "var/lib/frikommune").chmod(0o770)


main()
