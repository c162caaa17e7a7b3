#!/usr/bin/env python3
"""The check of the dashboards finds what is planted in them."""

import copy
import unittest

import boards
import check_boards

NAME = "ops-overview.json"


class CheckBoardsTest(unittest.TestCase):
    def setUp(self):
        self.board = copy.deepcopy(dict(boards.boards())[NAME])
        self.panel = next(panel for panel in boards.panels(self.board) if panel["title"] == "Calls")

    def found(self):
        return "\n".join(check_boards.problems_of_board(NAME, self.board))

    def test_nothing_is_wrong_at_first(self):
        self.assertEqual(self.found(), "")

    def test_panels_that_overlap(self):
        self.panel["gridPos"]["w"] += 1
        self.assertIn("it covers", self.found())

    def test_a_panel_off_the_page(self):
        self.panel["gridPos"]["x"] = 17
        self.assertIn("it leaves the page", self.found())

    def test_a_panel_that_does_not_say_what_it_shows(self):
        self.panel["description"] = ""
        self.assertIn("does not say", self.found())

    def test_a_panel_without_unit(self):
        del self.panel["fieldConfig"]["defaults"]["unit"]
        self.assertIn("no unit", self.found())

    def test_a_window_of_its_own(self):
        target = self.panel["targets"][0]
        target["expr"] = target["expr"].replace("$__rate_interval", "5m")
        self.assertIn("[5m] belongs in a recording rule", self.found())

    def test_irate(self):
        target = self.panel["targets"][0]
        target["expr"] = target["expr"].replace("rate(", "irate(")
        self.assertIn("irate", self.found())

    def test_a_legend_of_a_label_that_is_gone(self):
        self.panel["targets"][0]["legendFormat"] = "{{pod}}"
        self.assertIn("its legend names pod", self.found())

    def test_twenty_one_panels(self):
        while len(boards.panels(self.board)) <= check_boards.PANELS_MAX:
            self.board["panels"].append(copy.deepcopy(self.panel))
        self.assertIn("21 panels are more than 20", self.found())

    def test_what_can_be_edited_or_is_read_too_often(self):
        self.board["editable"] = True
        self.board["refresh"] = "29s"
        self.assertIn("edited", self.found())
        self.assertIn("more often", self.found())


class MetricsInTest(unittest.TestCase):
    def test_metrics_are_told_from_labels_functions_and_words(self):
        self.assertEqual(
            boards.metrics_in('sum by (job, grpc_code) (rate(grpc_x_total{grpc_code="a_b"}[5m])) / on (job) '
                              "job:y_z:rate5m > 0 unless up == 0"),
            {"grpc_x_total", "job:y_z:rate5m", "up"})


if __name__ == "__main__":
    unittest.main()
