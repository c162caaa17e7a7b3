#!/usr/bin/env python3
"""Holds the dashboards to what dashboard-linter does not look at.

    check_boards.py

Nothing overlaps or leaves the page; every panel says what it shows, in which
unit, and names its series; boards cannot be edited in place, are not read too
often and not too large. Prints what breaks a rule as `file: panel: what`, and
exits 1 if there is anything.
"""

import re
import sys

import boards

SCHEMA_VERSION = 39
PANELS_MAX = 20
WIDTH = 24
BYTES_MAX = 1 << 20  # Of a ConfigMap.
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def cells(panel):
    place = panel["gridPos"]
    return {(x, y) for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])}


def problems_of_layout(board):
    taken = {}
    for panel in board["panels"]:
        title, place = panel["title"], panel["gridPos"]
        if place["x"] < 0 or place["x"] + place["w"] > WIDTH:
            yield f"{title}: it leaves the page"
        for cell in cells(panel):
            if cell in taken:
                yield f"{title}: it covers {taken[cell]}"
                break
        taken.update(dict.fromkeys(cells(panel), title))
    tops = {}
    for panel in board["panels"]:
        tops.setdefault(panel["gridPos"]["y"], []).append(panel["gridPos"])
    for top, places in tops.items():
        if sum(place["w"] for place in places) != WIDTH or len({place["h"] for place in places}) != 1:
            yield f"the panels at {top} do not fill their line"


def problems_of_query(panel, target):
    title, expression = panel["title"], target["expr"]
    if "irate(" in expression:
        yield f"{title}: irate shows what happened between two scrapes"
    quiet = re.sub(r'"[^"]*"', '""', expression)
    for window in re.findall(r"\[([^\]:]*)[\]:]", quiet):
        if window not in ("$__rate_interval", "$__range"):
            yield f"{title}: [{window}] belongs in a recording rule"
    if panel["type"] in ("timeseries", "stat", "bargauge") and not target["legendFormat"]:
        yield f"{title}: its series have no names"
    for label in re.findall(r"\{\{(\w+)\}\}", target["legendFormat"]):
        if not re.search(rf"\b{label}\b", expression) and ":" not in expression:
            yield f"{title}: its legend names {label}, which its query does not keep"


def problems_of_panel(panel):
    title = panel["title"]
    if not panel.get("description"):
        yield f"{title}: it does not say what it shows"
    if panel["type"] == "text":
        return
    if not panel.get("targets"):
        yield f"{title}: it asks nothing"
    if not panel["fieldConfig"]["defaults"].get("unit"):
        yield f"{title}: it has no unit"
    for target in panel["targets"]:
        yield from problems_of_query(panel, target)


def problems_of_board(name, board):
    yield from problems_of_layout(board)
    members = boards.panels(board)
    for panel in members:
        yield from problems_of_panel(panel)
    titles = [panel["title"] for panel in members]
    for title in sorted({title for title in titles if titles.count(title) > 1}):
        yield f"{title}: two panels have this title"
    ids = [panel["id"] for panel in board["panels"]]
    if len(set(ids)) != len(ids):
        yield "two panels have one id"
    if len(members) > PANELS_MAX:
        yield f"{len(members)} panels are more than {PANELS_MAX}"
    if board["schemaVersion"] != SCHEMA_VERSION:
        yield f"schemaVersion is not {SCHEMA_VERSION}"
    if board["editable"]:
        yield "it can be edited in place"
    if not re.fullmatch(r"frikommune-[a-z]+", board["uid"]):
        yield "its uid is not frikommune-..."
    refresh = re.fullmatch(r"(\d+)([smhd])", board["refresh"])
    if not refresh or int(refresh[1]) * SECONDS[refresh[2]] < 30:
        yield "it is read more often than every 30 seconds"
    if (boards.FILES / "dashboards" / name).stat().st_size > BYTES_MAX:
        yield "it is larger than a ConfigMap"


def main():
    found = list(boards.boards())
    problems = [f"{name}: {problem}" for name, board in found
                for problem in problems_of_board(name, board)]
    uids = [board["uid"] for _, board in found]
    if not found or len(set(uids)) != len(uids):
        problems.append("there are no dashboards, or two have one uid")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
