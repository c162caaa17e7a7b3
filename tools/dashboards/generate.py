#!/usr/bin/env python3
"""Writes the chart's dashboards.

    generate.py FOLDER           writes FOLDER/*.json
    generate.py --check FOLDER   exits 1 if that would change anything
"""

import json
import pathlib
import sys

import ops_overview
import rollout_and_balance
import service_detail
import slo
import steering_group
import storage_and_ledger

BOARDS = {
    "ops-overview": ops_overview,
    "service-detail": service_detail,
    "storage-and-ledger": storage_and_ledger,
    "slo": slo,
    "rollout-and-balance": rollout_and_balance,
    "steering-group": steering_group,
}


def written():
    """The text of each file by its name."""
    return {f"{name}.json": json.dumps(module.make(), indent=1, ensure_ascii=False) + "\n"
            for name, module in BOARDS.items()}


def main(arguments):
    check = "--check" in arguments
    folder = pathlib.Path(arguments[-1])
    there = {path.name: path.read_text() for path in folder.glob("*.json")}
    texts = written()
    if not check:
        for name, text in texts.items():
            (folder / name).write_text(text)
        return 0
    wrong = sorted(name for name in there.keys() | texts.keys()
                   if there.get(name) != texts.get(name))
    for name in wrong:
        print(f"{folder / name}: is not what tools/dashboards/generate.py writes")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
