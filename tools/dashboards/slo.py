"""Are the promises kept, and for how long will they be?"""

from board import (INSTANCE, JOB, NAMESPACE, PODS, SERVICES, board, lines, number,
                   query, thresholds, words)

LEFT = thresholds(("red", None), ("orange", 0), ("green", 0.25))
WINDOWS = ("5m", "30m", "1h", "2h", "6h", "1d", "3d")
BAD = "Unknown|DeadlineExceeded|Internal|Unavailable|DataLoss"
# As the recording rules choose them.
CALLS = f'{PODS},grpc_service!~"grpc[.].*|unknown"'
ONE_CASE = CALLS + ',grpc_type="unary",grpc_method!~"Batch.+|PlanAgenda|VerifyLedger"'
DECISIONS = CALLS + ',grpc_method=~"DecideCertificate|RouteCase|DecideExtension"'


def left(title, slo):
    return number(title, "What is left of the error budget of 30 days. Below 0 the promise is broken.",
                  [query(f"job:slo_{slo}_budget_left:ratio30d{{{SERVICES}}}", "{{job}}")],
                  "percentunit", width=8, steps=LEFT, decimals=1)


def burn(title, slo, budget):
    return lines(title, "How many times faster than allowed the budget burns, over each window. At 1 it lasts 30 days; "
                 "alerts begin at 14.4 (1h), 6 (6h), 3 (1d) and 1 (3d).",
                 [query(f"max by (job) (job:slo_{slo}_bad:ratio_rate{window}{{{SERVICES}}}) / {budget}", f"{{{{job}}}} {window}")
                  for window in WINDOWS], "short", height=9)


def lasts(title, slo, budget):
    return number(title, "How long the rest of the budget lasts if the last six hours go on; a year at most.",
                  [query(f"clamp(2592000 * clamp_min(job:slo_{slo}_budget_left:ratio30d{{{SERVICES}}}, 0) / "
                         f"(job:slo_{slo}_bad:ratio_rate6h{{{SERVICES}}} / {budget}), 0, 31536000)", "{{job}}")],
                  "s", width=8)


def slow(title, description, selector, le):
    return lines(title, description,
                 [query(f"sum by (grpc_method) (rate(grpc_server_handling_seconds_count{{{selector}}}[$__rate_interval])) - "
                        f'sum by (grpc_method) (rate(grpc_server_handling_seconds_bucket{{{selector},le="{le}"}}[$__rate_interval]))',
                        "{{grpc_method}}")], "reqps")


def make():
    return board(
        "frikommune-slo", "Frikommune: objectives",
        "The promises of 30 days: what is left of their budgets, how fast they burn, and on what.",
        [
            ("", [
                words("What is promised",
                      "**Availability** 99.9 % of calls are not failed by us. **Latency** 99 % of calls about one case are "
                      "answered within 250 ms. **Decisions** 99 % are kept and answered within 50 ms. All over 30 days."),
            ]),
            ("What is left", [
                left("Availability left", "availability"),
                left("Latency left", "latency"),
                left("Decisions left", "decision"),
                lasts("Availability lasts", "availability", 0.001),
                lasts("Latency lasts", "latency", 0.01),
                lasts("Decisions last", "decision", 0.01),
            ]),
            ("How fast it burns", [
                burn("Availability burns", "availability", 0.001),
                burn("Latency burns", "latency", 0.01),
                burn("Decisions burn", "decision", 0.01),
            ]),
            ("On what", [
                lines("Failed by us", "Calls a second that we failed, by method and code. 0 where none did.",
                      [query(f'sum by (grpc_method, grpc_code) (rate(grpc_server_handled_total{{{CALLS},grpc_code=~"{BAD}"}}[$__rate_interval])) > 0 or '
                             f"sum by (job) (rate(grpc_server_handled_total{{{CALLS}}}[$__rate_interval])) * 0", "{{grpc_method}} {{grpc_code}}{{job}}")], "reqps"),
                slow("Slower than 250 ms", "Calls about one case a second that took longer.", ONE_CASE, "0.25"),
                slow("Decisions slower than 50 ms", "Decisions a second that took longer.", DECISIONS, "0.05"),
                lines("Calls counted", "Calls a second that count for availability, by service. A window with fewer than 100 calls raises no alert.",
                      [query(f"max by (job) (job:slo_availability_events:rate5m{{{SERVICES}}})", "{{job}}")], "reqps", width=12),
                lines("Availability", "The share of calls that we did not fail, in the last hour.",
                      [query(f"1 - max by (job) (job:slo_availability_bad:ratio_rate1h{{{SERVICES}}})", "{{job}}")], "percentunit", width=12, least=None, most=1),
            ]),
        ],
        [NAMESPACE, JOB, INSTANCE], since="now-24h")
