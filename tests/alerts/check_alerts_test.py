#!/usr/bin/env python3
"""The check of the alerts finds what is planted in them."""

import pathlib
import shutil
import tempfile
import unittest

import check_alerts

ROOT = pathlib.Path(__file__).resolve().parents[2]
RULES = "helm/frikommune/files/rules/symptoms.yaml"
TESTS = "tests/alerts/symptoms_test.yaml"
RUNBOOK = "docs/runbooks/FrikommuneSaturated.md"


class CheckAlertsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        for part in ("helm/frikommune/files/rules", "tests/alerts", "docs/runbooks"):
            shutil.copytree(ROOT / part, self.root / part)

    def plant(self, path, old, new):
        text = (self.root / path).read_text()
        self.assertIn(old, text)
        (self.root / path).write_text(text.replace(old, new, 1))

    def found(self):
        return "\n".join(check_alerts.problems_in(self.root))

    def test_nothing_is_wrong_at_first(self):
        self.assertEqual(self.found(), "")

    def test_a_severity_that_nobody_routes(self):
        self.plant(RULES, "      severity: critical", "      severity: urgent")
        self.assertIn("its severity is none of", self.found())

    def test_a_runbook_elsewhere(self):
        self.plant(RULES, "__RUNBOOK_BASE__/FrikommuneSaturated.md", "https://elsewhere/FrikommuneSaturated.md")
        self.assertIn("FrikommuneSaturated: runbook_url is not", self.found())

    def test_an_alert_without_a_runbook(self):
        (self.root / RUNBOOK).unlink()
        self.assertIn("there is no docs/runbooks/FrikommuneSaturated.md", self.found())

    def test_a_runbook_without_an_alert(self):
        (self.root / RUNBOOK).rename(self.root / "docs/runbooks/FrikommuneGone.md")
        self.assertIn("FrikommuneGone.md: there is no such alert", self.found())

    def test_a_runbook_that_does_not_say_what_to_do(self):
        self.plant(RUNBOOK, "## Mitigation", "## Etcetera")
        self.assertIn("its headings are not", self.found())

    def test_an_alert_that_no_test_fires(self):
        self.plant(TESTS, "alertname: FrikommuneSaturated\n", "alertname: FrikommuneOther\n")
        self.assertIn("FrikommuneSaturated: no test in tests/alerts expects it to fire", self.found())

    def test_an_alert_that_every_test_fires(self):
        self.plant(TESTS, "alertname: FrikommuneSaturated, exp_alerts: []", "alertname: FrikommuneOther, exp_alerts: []")
        self.assertIn("FrikommuneSaturated: no test in tests/alerts expects it not to fire", self.found())


if __name__ == "__main__":
    unittest.main()
