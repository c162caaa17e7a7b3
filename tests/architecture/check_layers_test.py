#!/usr/bin/env python3
"""Plants faults in a small checkout and expects check_layers to find each."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

CHECK = pathlib.Path(__file__).with_name("check_layers.py")

# What may stand, so that the check is not merely strict.
LAWFUL = [
    ("core/civil_time/date.cc", "<chrono>"),
    ("core/decision/decide.cc", '"core/catalog/rule.h"'),
    ("core/decision/decide.cc", '"frikommune/decision/v1/decision.pb.h"'),
    ("core/decision/decide.cc", '"absl/time/civil_time.h"'),
    ("core/catalog/parse_test.cc", "<fstream>"),
    ("ports/ledger.h", '"core/decision/decide.h"'),
    ("adapters/grpc/unary.h", "<grpcpp/grpcpp.h>"),
    ("adapters/grpc/unary.h", '"ports/ledger.h"'),
    ("adapters/sqlite/ledger.cc", '"adapters/sqlite/ledger.h"'),
    ("services/scheduling/main.cc", '"adapters/sqlite/ledger.h"'),
    ("adapters/stores/open_stores.cc", '"adapters/sqlite/ledger.h"'),
    ("services/scheduling/handler.cc", '"adapters/grpc/unary.h"'),
    ("services/scheduling/handler_test.cc", '"adapters/memory/ledger.h"'),
    ("cli/demo.cc", '"frikommune/scheduling/v1/scheduling_service.grpc.pb.h"'),
]

PLANTED = [
    ("core/decision/decide.cc", '"ports/ledger.h"', "core may not include ports"),
    ("core/decision/decide.cc", '"adapters/grpc/unary.h"', "core may not include adapters"),
    ("core/decision/decide.h", '"services/scheduling/handler.h"', "core may not include services"),
    ("core/decision/decide_test.cc", '"cli/demo.h"', "core may not include cli"),
    ("ports/ledger.h", '"adapters/sqlite/ledger.h"', "ports may not include adapters"),
    ("adapters/grpc/unary.h", '"services/scheduling/handler.h"', "adapters may not include services"),
    ("services/scheduling/handler.h", '"cli/demo.h"', "services may not include cli"),
    ("cli/demo.cc", '"services/scheduling/handler.h"', "cli may not include services"),
    ("core/decision/decide.cc", "<grpcpp/grpcpp.h>", "does not touch the world"),
    ("core/decision/decide.cc", "<grpc++/grpc++.h>", "does not touch the world"),
    ("core/decision/decide.cc", '"frikommune/x/v1/x_service.grpc.pb.h"', "does not touch the world"),
    ("ports/metrics.h", "<prometheus/counter.h>", "does not touch the world"),
    ("core/decision/decide.cc", "<sqlite3.h>", "does not touch the world"),
    ("ports/ledger.h", "<libpq-fe.h>", "does not touch the world"),
    ("ports/ledger.h", "<postgresql/libpq-fe.h>", "does not touch the world"),
    ("core/catalog/parse.cc", "<fstream>", "does not touch the world"),
    ("core/catalog/parse.cc", "<filesystem>", "does not touch the world"),
    ("core/catalog/parse.cc", "<thread>", "does not touch the world"),
    ("core/catalog/parse_test.cc", "<thread>", "does not touch the world"),
    ("core/catalog/parse.cc", "<ctime>", "does not touch the world"),
    ("core/civil_time/date.cc", '"absl/time/clock.h"', "does not touch the world"),
    ("core/decision/decide.cc", "<chrono>", "has clocks"),
    ("ports/clock.h", "<chrono>", "has clocks"),
    ("services/scheduling/handler.cc", '"adapters/sqlite/ledger.h"', "only main.cc"),
    ("adapters/grpc/unary.cc", '"adapters/postgres/ledger.h"', "only main.cc"),
    ("adapters/stores_of/open.cc", '"adapters/memory/ledger.h"', "only main.cc"),
    ("core/decision/decide.cc", '"../catalog/rule.h"', "from the root"),
    ("core/util/text.h", "<string>", "no folder is named util"),
    ("adapters/common/text.h", "<string>", "no folder is named common"),
    ("core/decision/util.h", "<string>", "no file is named util"),
]


def check(files):
    """Runs the check on a checkout of these (path, included) files."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "core").mkdir()
        for path, included in files:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            with open(root / path, "a", encoding="utf-8") as file:
                file.write(f"// A comment.\n#include {included}\n")
        return subprocess.run(
            [sys.executable, str(CHECK), folder], capture_output=True, text=True, check=False
        )


class CheckLayersTest(unittest.TestCase):
    def test_lets_lawful_includes_pass(self):
        result = check(LAWFUL)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_finds_each_planted_fault(self):
        for path, included, what in PLANTED:
            with self.subTest(path=path, included=included):
                result = check([(path, included)])
                self.assertEqual(result.returncode, 1, result.stdout)
                self.assertIn(f"{path}:2: " if "named" not in what else ":1: ", result.stdout)
                self.assertIn(what, result.stdout)
                self.assertIn("layers: 1 broken rules", result.stdout)

    def test_finds_one_fault_among_lawful_files(self):
        result = check(LAWFUL + [PLANTED[0][:2]])
        self.assertEqual(result.returncode, 1)
        self.assertIn("layers: 1 broken rules", result.stdout)

    def test_refuses_a_folder_that_is_no_checkout(self):
        with tempfile.TemporaryDirectory() as folder:
            result = subprocess.run(
                [sys.executable, str(CHECK), folder], capture_output=True, text=True, check=False
            )
            self.assertNotEqual(result.returncode, 0)
            self.assertIn("no checkout", result.stderr)


if __name__ == "__main__":
    unittest.main()
