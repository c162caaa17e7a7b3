"""Turns what tools/install-schemas fetched into the schemas kubeconform reads.

Usage: schemas.py FOLDER SUM MINOR...

FOLDER holds the wheel of kubernetes-validate and operator.json, what `go mod
download` said; SUM is what it must have said. Writes FOLDER/schemas.
"""

import json
import pathlib
import sys
import zipfile

import yaml

KINDS = ("servicemonitors", "prometheusrules")


def take_kubernetes(wheel, out, minor):
    """Copies one version's schemas, and lets them refer to each other as files."""
    room = f"kubernetes_validate/kubernetes-json-schema/v{minor}.0-local-strict/"
    folder = out / f"v{minor}.0"
    folder.mkdir(parents=True)
    with zipfile.ZipFile(wheel) as archive:
        names = [n for n in archive.namelist() if n.startswith(room)]
        if not names:
            sys.exit(f"schemas: {wheel.name} has no Kubernetes {minor}")
        for name in names:
            text = archive.read(name).decode()
            schema = json.loads(text.replace("/api/_definitions.json#", "_definitions.json#"))
            schema.pop("$id", None)
            (folder / name.removeprefix(room)).write_text(json.dumps(schema))


def close(schema):
    """Refuses unknown fields wherever the schema lists the known ones."""
    if isinstance(schema, list):
        for part in schema:
            close(part)
    if not isinstance(schema, dict):
        return
    if "properties" in schema and not schema.get("x-kubernetes-preserve-unknown-fields"):
        schema.setdefault("additionalProperties", False)
    for part in schema.values():
        close(part)


def take_custom(crd, out):
    """Writes the schema of each version of one custom kind."""
    definition = yaml.safe_load(crd.read_text())["spec"]
    for version in definition["versions"]:
        schema = version["schema"]["openAPIV3Schema"]
        close({k: v for k, v in schema["properties"].items() if k != "metadata"})
        schema["additionalProperties"] = False
        name = f"{definition['names']['kind'].lower()}_{version['name']}.json"
        (out / name).write_text(json.dumps(schema))


def main():
    work, want, minors = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
    operator = json.loads((work / "operator.json").read_text())
    if operator["Sum"] != want:
        sys.exit(f"schemas: the operator's sum is {operator['Sum']}, not {want}")
    out = work / "schemas"
    (out / "crds").mkdir(parents=True)
    (wheel,) = work.glob("*.whl")
    for minor in minors:
        take_kubernetes(wheel, out, minor)
    crds = pathlib.Path(operator["Dir"]) / "example/prometheus-operator-crd"
    for kind in KINDS:
        take_custom(crds / f"monitoring.coreos.com_{kind}.yaml", out / "crds")


main()
