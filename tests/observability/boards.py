"""The chart's dashboards and rules, as the checks beside this read them."""

import json
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILES = ROOT / "helm/frikommune/files"


def boards(folder=FILES / "dashboards"):
    """Each dashboard with the name of its file."""
    for path in sorted(folder.glob("*.json")):
        yield path.name, json.loads(path.read_text())


def panels(board):
    """Its panels, without the titles of rows."""
    return [panel for panel in board["panels"] if panel["type"] != "row"]


def queries(board):
    """Its queries: the panel's title and the expression."""
    for panel in panels(board):
        for target in panel.get("targets", []):
            yield panel["title"], target["expr"]


def runbook_queries():
    """The queries of the runbooks, one a line, each with its file."""
    for path in sorted((ROOT / "docs/runbooks").glob("*.md")):
        for block in re.findall(r"```promql\n(.*?)```", path.read_text(), re.S):
            for line in block.splitlines():
                yield path.name, line


def metrics_in(expression):
    """The metrics that an expression selects."""
    quiet = re.sub(r'"[^"]*"', '""', expression)
    quiet = re.sub(r"\b(by|on|without|ignoring)\s*\([^)]*\)", " ", quiet)
    quiet = re.sub(r"\{[^}]*\}|\[[^\]]*\]", " ", quiet)
    names = re.findall(r"[a-zA-Z_:][a-zA-Z0-9_:]*(?!\s*\()\b(?!\s*\()", quiet)
    words = {"and", "or", "unless", "offset", "bool"}
    return {name for name in names if name not in words and "_" in name} | (
        {"up"} & set(names)) | ({"ALERTS"} & set(names))
