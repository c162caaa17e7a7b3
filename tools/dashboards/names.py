"""What municipalities and experiments are called, as the catalog says."""

import pathlib
import re

CATALOG = pathlib.Path(__file__).resolve().parents[2] / "catalog"


def municipalities():
    """Names by code: {"851": "Aalborg"}."""
    text = (CATALOG / "network/municipalities.textproto").read_text()
    found = re.findall(r'^  code: (\d+)\n.*?^  name: "([^"]+)"', text, re.M | re.S)
    return dict(found)


def experiments():
    """Danish names by id: {"E02": "E02 Rehabiliteringsteams"}."""
    names = {}
    for path in sorted(CATALOG.glob("experiments/*/experiment.textproto")):
        text = path.read_text()
        number = re.search(r'^id: "([^"]+)"', text, re.M).group(1)
        danish = re.search(r'^name \{\n  da: "([^"]+)"', text, re.M).group(1)
        names[number] = f"{number} {danish}"
    return names
