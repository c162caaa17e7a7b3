#!/usr/bin/env python3
"""Holds the includes of a checkout to the rooms of the house.

    check_layers.py ROOT

core <- ports <- adapters <- services, cli. Prints every include, folder or
file that breaks a rule as `path:line: what`, and exits 1 if there is one. CMake
refuses a library that links the wrong way; this refuses a header that needs no
library. docs/ARCHITECTURE.md says why the rules are as they are.
"""

import pathlib
import re
import sys

ROOMS = ("core", "ports", "adapters", "services", "cli")

# Whom each room may include, besides the generated contracts.
MAY_INCLUDE = {
    "core": {"core"},
    "ports": {"core", "ports"},
    "adapters": {"core", "ports", "adapters"},
    "services": {"core", "ports", "adapters", "services"},
    "cli": {"core", "ports", "adapters", "cli"},
}

# What core and ports may not include: the network, stores, files, threads and
# clocks. A test may read files: the catalog is its example.
WORLD = re.compile(
    r"""^(grpc(pp|\+\+)?/ | .*\.grpc\.pb\.h$ | prometheus/ | civetweb | CivetServer | spdlog/ | openssl/ssl
        | sqlite3\.h$ | (postgresql/)?libpq | CLI/
        | (fstream|filesystem|thread|mutex|condition_variable|future|stop_token)$
        | cstdio$ | stdio\.h$ | (sys/|unistd\.h$|fcntl\.h$|netinet/|arpa/|pthread\.h$)
        | (ctime|time\.h)$ | absl/time/clock\.h$ | absl/synchronization/ )""",
    re.VERBOSE,
)
FILES = re.compile(r"^(fstream|filesystem)$")

# <chrono> brings clocks with its calendar, so only civil_time has it.
CHRONO_HOME = "core/civil_time/"

# The adapters that are one of several of their kind: only main.cc, tests, the
# adapter itself and the folder that chooses among them may name them.
CONCRETE = re.compile(r"^adapters/(memory|sqlite|postgres)/")
CHOOSES = "adapters/stores/"

FORBIDDEN_FOLDERS = {"util", "utils", "common", "helpers", "misc"}

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')


def is_test(path):
    return path.stem.endswith("_test")


def broken_rule(path, included):
    """Returns why the file at `path`, seen from the root, may not include it."""
    room = path.parts[0]
    target = included.split("/")[0]
    if target in ROOMS and target not in MAY_INCLUDE[room]:
        return f"{room} may not include {target}"
    if room in ("core", "ports"):
        if WORLD.match(included) and not (is_test(path) and FILES.match(included)):
            return f"{room} does not touch the world: <{included}>"
        if included == "chrono" and not str(path).startswith(CHRONO_HOME):
            return f"<chrono> has clocks; use {CHRONO_HOME}"
    concrete = CONCRETE.match(included)
    if concrete and not (
        path.name == "main.cc"
        or is_test(path)
        or str(path).startswith((concrete.group(0), CHOOSES))
    ):
        return f"only main.cc and {CHOOSES} name a concrete adapter: {included}"
    if ".." in included.split("/"):
        return "an include is written from the root"
    return None


def violations(root):
    """Yields (path, line, what) for each broken rule below `root`."""
    for room in ROOMS + ("protos", "bench", "tests", "catalog", "tools", "scripts"):
        for path in sorted((root / room).rglob("*")):
            seen = path.relative_to(root)
            if "fixtures" in seen.parts:
                continue
            if path.is_dir():
                if path.name in FORBIDDEN_FOLDERS:
                    yield seen, 1, f"no folder is named {path.name}: name its idea"
                continue
            if room not in ROOMS or path.suffix not in (".cc", ".h"):
                continue
            if path.stem in FORBIDDEN_FOLDERS:
                yield seen, 1, f"no file is named {path.stem}: name its idea"
            for number, line in enumerate(path.read_text().splitlines(), 1):
                found = INCLUDE.match(line)
                what = found and broken_rule(seen, found.group(1))
                if what:
                    yield seen, number, what


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    root = pathlib.Path(sys.argv[1])
    if not (root / "core").is_dir():
        sys.exit(f"{root} has no core/, so it is no checkout")
    found = list(violations(root))
    for path, line, what in found:
        print(f"{path}:{line}: {what}")
    print(f"layers: {len(found)} broken rules")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
