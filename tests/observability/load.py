"""Work for the servers, as `frikommune replay` reads it: one JSON object a line."""

import datetime
import json
import subprocess
import threading

CERTIFICATES = "frikommune.certificates.v1.CertificatesService"
REHAB = "frikommune.rehab.v1.RehabService"
SCHEDULING = "frikommune.scheduling.v1.SchedulingService"
MUNICIPALITY = "municipalities/849"
CASES = 6  # In one round: one more than the steering group's fewest.


def _line(name, call, request, **more):
    return {"name": name, "call": call, "request": request, **({"expect": {}} | more)}


def _citizen(example, who):
    """The lines of one citizen's way, as another citizen's."""
    return [json.loads(line.replace("karen", who)) for line in example.splitlines()]


def _waiting(who):
    """A decision that waits for its leader's review."""
    return _line("A decision that waits", f"{CERTIFICATES}/DecideCertificate", {
        "municipality": MUNICIPALITY, "caseId": who, "decisionDate": "2018-11-20", "requestId": f"{who}-waits",
        "assessment": {"assessor": "caseworker-17", "date": "2018-11-20"},
        "rehabilitation": {
            "caseType": "REHABILITATION_CASE_TYPE_JOB_CLARIFICATION", "sufficiency": "SUFFICIENCY_YES",
            "documents": [{"type": "DOCUMENT_TYPE_LAE105", "source": "DOCUMENT_SOURCE_HOSPITAL", "date": "2018-09-03"}]}})


def _wrong():
    """Requests that are refused: a caller is wrong."""
    for call in (f"{CERTIFICATES}/DecideCertificate", f"{REHAB}/RouteCase", f"{SCHEDULING}/PlanContactCourse"):
        line = _line("A request without anything", call, {}, expectError={"code": "INVALID_ARGUMENT"})
        del line["expect"]
        yield line


def _agenda(who, today):
    """A coming day of the team, and a place on it."""
    day = today + datetime.timedelta(days=14)
    yield _line("A coming day", f"{REHAB}/CreateTeamMeeting", {
        "municipality": MUNICIPALITY, "requestId": f"{who}-day",
        "teamMeeting": {"date": str(day), "place": "Job centre", "capacity": 6, "members": [
            {"member": f"m-{number}", "role": f"TEAM_ROLE_{role}"} for number, role in
            enumerate(("EMPLOYMENT", "HEALTH", "SOCIAL", "HEALTH_COORDINATOR"))]}})
    yield _line("A place", f"{REHAB}/BookAgendaItem", {
        "municipality": MUNICIPALITY, "asOf": str(today), "requestId": f"{who}-place",
        "waitingCase": {"caseId": who, "earliest": str(today), "deadline": str(day)}})


def _streams(who):
    decide = _waiting(f"{who}-stream")["request"]
    yield _line("A stream", f"{CERTIFICATES}/StreamDecisions", [{"request": decide}], expect=[])


def round_of(examples, number):
    """One round: every example, citizens of its own, mistakes, an agenda."""
    today = datetime.date.today()
    one_citizen = (examples / "one-citizen.jsonl").read_text()
    lines = list(_wrong())
    for path in sorted(examples.glob("*.jsonl")):
        if path.name != "one-citizen.jsonl":
            lines += [json.loads(line) for line in path.read_text().splitlines()]
    for case in range(CASES):
        who = f"case-{number}-{case}"
        lines += _citizen(one_citizen, who)
        lines.append(_waiting(who + "-w"))
    lines += _agenda(f"case-{number}-0", today)
    return "".join(json.dumps(line) + "\n" for line in lines)


class Load:
    """Rounds, one after another, until it is stopped. Each is sent twice, as
    callers do whose answer was lost."""

    def __init__(self, binaries, root, folder, targets):
        self._command = [binaries / "frikommune", "replay", *targets]
        self._examples = root / "examples"
        self._file = folder / "round.jsonl"
        self._stopping = threading.Event()
        self.rounds = 0
        self.said = ""
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self):
        while not self._stopping.is_set():
            self._file.write_text(round_of(self._examples, self.rounds))
            for _ in range(2):
                self.said = subprocess.run([*self._command, self._file], text=True, check=False,
                                           capture_output=True, timeout=60).stdout
            self.rounds += 1

    def stop(self):
        self._stopping.set()
        self._thread.join()
