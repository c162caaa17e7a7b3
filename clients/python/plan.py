#!/usr/bin/env python3
"""Plans one contact course and prints its duties, under both laws.

    plan.py --target HOST:PORT [--language da|en] [REQUEST.json]

The request is a PlanContactCourseRequest as JSON; without one, the example
clients/aalborg_joint_meeting.json is asked. Exits 1, saying why, if the service
refuses the request or cannot be reached.

Needs grpc and protobuf for Python (Debian: python3-grpcio, python3-protobuf)
and protoc. The messages are made from protos/ as the program starts, so there
is nothing to generate and keep; a case system would make them in its build.
"""

import argparse
import importlib
import pathlib
import subprocess
import sys
import tempfile

import grpc
from google.protobuf import json_format

ROOT = pathlib.Path(__file__).resolve().parents[2]
CONTRACTS = ("annotations/v1", "decision/v1", "scheduling/v1")
PLAN = "/frikommune.scheduling.v1.SchedulingService/PlanContactCourse"


def load_contract():
    """Compiles the contracts and returns the module of the scheduling service."""
    protos = ROOT / "protos"
    with tempfile.TemporaryDirectory() as folder:
        files = [
            str(path)
            for contract in CONTRACTS
            for path in sorted((protos / "frikommune" / contract).glob("*.proto"))
        ]
        subprocess.run(["protoc", f"-I{protos}", f"--python_out={folder}", *files], check=True)
        sys.path.insert(0, folder)
        try:
            return importlib.import_module("frikommune.scheduling.v1.scheduling_service_pb2")
        finally:
            sys.path.remove(folder)


def name_of(message, field):
    """The name of an enum field's value without its prefix: MEETING_KIND_X is X."""
    enum = message.DESCRIPTOR.fields_by_name[field].enum_type
    number = getattr(message, field)
    if number not in enum.values_by_number:
        return str(number)  # A newer server may know more.
    prefix = enum.values_by_number[0].name.removesuffix("UNSPECIFIED")
    name = enum.values_by_number[number].name.removeprefix(prefix)
    return "" if name == "UNSPECIFIED" else name


def terms_line(terms, outcome):
    """What one law says of a duty, on one line."""
    days = f"{terms.earliest or '...'} to {terms.latest or '...'}"
    if not terms.earliest and not terms.latest:
        days = "no days set"
    return f"{days}  {name_of(terms, 'status') or 'OPEN'}  ({outcome})"


def print_plan(plan, language):
    print(f"{plan.municipality}, case {plan.case_id or '-'}, as of {plan.as_of}")
    for duty in plan.duties:
        decision = duty.decision
        kind = name_of(duty, "kind") or decision.provision
        number = f" {duty.ordinal}" if duty.ordinal else ""
        title = getattr(duty.title, language)
        print(f"\n{kind}{number}" + (f": {title}" if title else ""))
        print(f"  here          {terms_line(duty.here, name_of(decision, 'outcome'))}")
        law = terms_line(duty.ordinary_law, name_of(decision, "ordinary_law_outcome"))
        print(f"  ordinary law  {law}")
        if duty.date:
            print(f"  date          {duty.date}")
        for reason in decision.reasons:
            print(f"  because       {reason.row}  {getattr(reason.text, language)}".rstrip())
        for action in decision.required_actions:
            days = [day for day in (getattr(action, "from"), action.to) if day]
            print(f"  do            {action.code}  {' to '.join(days)}".rstrip())
        if decision.missing_facts:
            print(f"  missing       {', '.join(decision.missing_facts)}")
    for note in plan.notes:
        print(f"\nnote {note.code}  {note.about}  {getattr(note.text, language)}".rstrip())
    print(f"\ncatalog {plan.catalog_digest[:12]}")


def main():
    parser = argparse.ArgumentParser(description="Plans one contact course.")
    parser.add_argument("--target", required=True, metavar="HOST:PORT")
    parser.add_argument("--language", choices=("da", "en"), default="en")
    parser.add_argument(
        "request",
        nargs="?",
        type=pathlib.Path,
        default=ROOT / "clients" / "aalborg_joint_meeting.json",
    )
    arguments = parser.parse_args()

    contract = load_contract()
    try:
        request = json_format.Parse(
            arguments.request.read_text(encoding="utf-8"), contract.PlanContactCourseRequest()
        )
    except (OSError, json_format.ParseError) as error:
        sys.exit(f"{arguments.request}: {error}")

    with grpc.insecure_channel(arguments.target) as channel:
        plan_contact_course = channel.unary_unary(
            PLAN,
            request_serializer=contract.PlanContactCourseRequest.SerializeToString,
            response_deserializer=contract.PlanContactCourseResponse.FromString,
        )
        try:
            response = plan_contact_course(request, timeout=10)
        except grpc.RpcError as error:
            sys.exit(f"{error.code().name}: {error.details()}")
    print_plan(response.plan, arguments.language)


if __name__ == "__main__":
    main()
