#!/usr/bin/env python3
"""Asks every question of the dashboards, alerts and runbooks of a Prometheus that reads
the real servers under load, and requires an answer.

    live_test.py BIN_DIR

Then it makes faults, and requires that each fires its alert and no other.
"""

import pathlib
import shutil
import signal
import sys
import tempfile
import time

import boards
import load
import suite

# What Grafana puts in its variables' places.
VARIABLES = {
    "$__rate_interval": "15s", "$__range": "10m", "$__interval": "5s",
    "$namespace": ".+", "$job": ".+", "$instance": ".+", "$grpc_method": ".+",
}
# What stands in the stores is told once a minute: it may take two.
ANSWERS_SECONDS = 150
FAULT_SECONDS = 40
# Asks for a day's samples, which half a minute does not have.
TOO_LONG = ("job:slo_availability_events:increase1d", "job:slo_latency_events:increase1d",
            "job:slo_decision_events:increase1d")
# How long answers take says more of the machine than of the servers.
OF_THE_MACHINE = {"FrikommuneAvailabilityBudgetBurn", "FrikommuneLatencyBudgetBurn", "FrikommuneDecisionBudgetBurn"}


def filled(expression):
    for name, value in VARIABLES.items():
        expression = expression.replace(name, value)
    return expression


def wait_until(holds, seconds):
    """Whether it came to hold in time."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.25)
    return True


def unanswered(prometheus, questions):
    """The questions without an answer, when no more come."""
    open_questions = list(questions)

    def all_answered():
        open_questions[:] = [one for one in open_questions if not prometheus.numbers(filled(one[1]))]
        return not open_questions

    wait_until(all_answered, ANSWERS_SECONDS)
    return open_questions


def questions_of_boards():
    for name, board in boards.boards():
        for title, expression in boards.queries(board):
            yield f"{name}: {title}", expression


def problems_of_rules(prometheus):
    names = set(prometheus.get("label/__name__/values"))
    for group in prometheus.get("rules")["groups"]:
        for rule in group["rules"]:
            if rule["health"] != "ok":
                yield f"{rule['name']}: {rule.get('lastError', rule['health'])}"
            if rule["type"] == "recording" and rule["name"] not in names | set(TOO_LONG):
                yield f"{rule['name']}: it records nothing"
            for metric in sorted(boards.metrics_in(rule["query"]) - names - set(TOO_LONG)):
                yield f"{rule['name']}: no server tells {metric}"


def problems_of_runbooks(prometheus):
    """Whether what they ask can be asked. The answer may lawfully be nothing."""
    names = set(prometheus.get("label/__name__/values")) | {"__name__"}
    for name, expression in boards.runbook_queries():
        try:
            prometheus.numbers(expression)
        except ValueError as error:
            yield f"{name}: {error}"
        for metric in sorted(boards.metrics_in(expression) - names):
            yield f"{name}: no server tells {metric}"


def problems_of_fault(prometheus, expected, what):
    """Whether exactly the expected alerts come to fire."""
    wanted = {"FrikommuneWatchdog", *expected}
    seen = set()

    def as_wanted():
        seen.clear()
        seen.update(prometheus.firing() - OF_THE_MACHINE)
        return seen == wanted

    if not wait_until(as_wanted, FAULT_SECONDS):
        yield f"{what}: {sorted(seen)} fire, not {sorted(wanted)}"


def problems_of_faults(prometheus, servers):
    yield from problems_of_fault(prometheus, set(), "nothing is wrong")
    law = sorted(servers.catalog.glob("law/**/*.textproto"))[0]
    good = law.read_text()
    law.write_text(good + "\nno such field: 1\n")
    yield from problems_of_fault(prometheus, {"FrikommuneCatalogReloadRefused"}, "a catalog that is not well written")
    law.write_text(good)
    yield from problems_of_fault(prometheus, set(), "the catalog is put right")
    servers.postgres.kill()
    yield from problems_of_fault(prometheus, {"FrikommuneDbErrors"}, "rehab's database is killed")
    servers.servers["certificates"].kill()
    # That the database failed is told for five minutes more.
    yield from problems_of_fault(prometheus, {"FrikommuneDbErrors", "FrikommuneCertificatesAbsent"},
                                 "certificates is killed as well")


def problems(binaries, folder):
    servers = suite.Suite(boards.ROOT, binaries, folder)
    prometheus = work = None
    try:
        rules = sorted((boards.FILES / "rules").glob("*.yaml"))
        prometheus = suite.Prometheus(folder, servers.scrapes(), rules)
        work = load.Load(binaries, boards.ROOT, folder, servers.targets())
        questions = list(questions_of_boards())
        began = time.monotonic()
        silent = unanswered(prometheus, questions)
        took = time.monotonic() - began
        print(f"{len(questions) - len(silent)} of {len(questions)} queries answered in {took:.0f} s, {work.rounds} rounds of load")
        for where, expression in silent:
            yield f"{where}: no data for {expression}"
        yield from problems_of_rules(prometheus)
        yield from problems_of_runbooks(prometheus)
        yield from problems_of_faults(prometheus, servers)
    finally:
        if work:
            work.stop()
        if prometheus:
            prometheus.kill()
        servers.kill()


def main():
    # Who is told to end ends what it has started first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if not shutil.which("prometheus"):
        print("there is no prometheus; scripts/install --ci brings it")
        return 1
    with tempfile.TemporaryDirectory(prefix="frikommune-live-") as folder:
        found = list(problems(pathlib.Path(sys.argv[1]), pathlib.Path(folder)))
    for problem in found:
        print(problem)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
