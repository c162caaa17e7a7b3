#!/usr/bin/env python3
"""Holds the alerts to what an operator is promised of them.

    check_alerts.py ROOT

Every alert says what is wrong, how bad, and where its runbook is; every runbook
has the four headings and an alert; every alert has a test in which it fires and
one in which it does not. Prints what breaks a rule as `where: what`, and exits
1 if there is anything.
"""

import pathlib
import re
import sys

import yaml

SEVERITIES = ("critical", "warning", "none")
HEADINGS = ("## Meaning", "## Impact", "## Diagnosis", "## Mitigation")
# It fires always: there is no time at which it must not.
ALWAYS = ("FrikommuneWatchdog",)


def alerts_of(folder):
    """The alerting rules of a folder of rule files, each with where it is."""
    for path in sorted(folder.glob("*.yaml")):
        for group in yaml.safe_load(path.read_text())["groups"]:
            for rule in group["rules"]:
                if "alert" in rule:
                    yield f"{path.name}: {rule['alert']}", rule


def problems_of_alert(where, rule):
    name = rule["alert"]
    annotations = rule.get("annotations", {})
    for key in ("summary", "description"):
        if not annotations.get(key, "").endswith("."):
            yield f"{where}: its {key} is no sentence"
    if rule.get("labels", {}).get("severity") not in SEVERITIES:
        yield f"{where}: its severity is none of {', '.join(SEVERITIES)}"
    if annotations.get("runbook_url") != f"__RUNBOOK_BASE__/{name}.md":
        yield f"{where}: runbook_url is not __RUNBOOK_BASE__/{name}.md"
    if not re.fullmatch(r"Frikommune[A-Z][A-Za-z]+", name):
        yield f"{where}: its name does not begin with Frikommune"


def problems_of_runbook(path, names):
    where = f"docs/runbooks/{path.name}"
    if path.stem not in names:
        yield f"{where}: there is no such alert"
    lines = path.read_text().splitlines()
    if not lines or lines[0] != f"# {path.stem}":
        yield f"{where}: its title is not # {path.stem}"
    found = tuple(line for line in lines if line.startswith("## "))
    if found != HEADINGS:
        yield f"{where}: its headings are not {', '.join(HEADINGS)}"


def tested_in(folder):
    """The names of alerts that a test expects, and of those it expects not."""
    fire, silent = set(), set()
    for path in sorted(folder.glob("*_test.yaml")):
        for test in yaml.safe_load(path.read_text())["tests"]:
            for case in test.get("alert_rule_test", []):
                (fire if case["exp_alerts"] else silent).add(case["alertname"])
    return fire, silent


def problems_in(root):
    alerts = list(alerts_of(root / "helm/frikommune/files/rules"))
    names = {rule["alert"] for _, rule in alerts}
    if not names:
        yield "helm/frikommune/files/rules: there are no alerts"
    for where, rule in alerts:
        yield from problems_of_alert(where, rule)
    runbooks = sorted((root / "docs/runbooks").glob("*.md"))
    for path in runbooks:
        if path.name != "README.md":
            yield from problems_of_runbook(path, names)
    index = (root / "docs/runbooks/README.md").read_text()
    for name in sorted(name for name in names if f"]({name}.md)" not in index):
        yield f"docs/runbooks/README.md: it does not name {name}"
    for name in sorted(names - {path.stem for path in runbooks}):
        yield f"{name}: there is no docs/runbooks/{name}.md"
    fire, silent = tested_in(root / "tests/alerts")
    for name in sorted(names - fire):
        yield f"{name}: no test in tests/alerts expects it to fire"
    for name in sorted(names - silent - set(ALWAYS)):
        yield f"{name}: no test in tests/alerts expects it not to fire"


def main():
    problems = list(problems_in(pathlib.Path(sys.argv[1])))
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
