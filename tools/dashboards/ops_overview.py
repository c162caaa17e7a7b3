"""Is it well? Rate, errors and duration of the three services, and what is left
of their budgets."""

from board import (INSTANCE, JOB, NAMESPACE, PODS, SERVICES, board, lines, number,
                   query, table, thresholds)

# Calls for others than those who probe and explore.
CALLS = f'{PODS},grpc_service!~"grpc[.].*|unknown"'
LEFT = thresholds(("red", None), ("orange", 0), ("green", 0.25))


def budget(title, slo, promise):
    return number(
        title,
        f"What is left of the error budget of 30 days ({promise}). 100 % is all of it; "
        "below 0 the promise is broken.",
        [query(f"job:slo_{slo}_budget_left:ratio30d{{{SERVICES}}}", "{{job}}")],
        "percentunit", width=6, steps=LEFT, decimals=1)


def percentile(share, metric, by="job"):
    return (f"histogram_quantile({share}, sum by ({by}, le) "
            f"(rate({metric}{{{CALLS}}}[$__rate_interval])))")


def make():
    return board(
        "frikommune-overview", "Frikommune: overview",
        "Rate, errors and duration of the three services, and the budgets of their promises.",
        [
            ("Promises", [
                budget("Availability left", "availability", "99.9 % not failed by us"),
                budget("Latency left", "latency", "99 % within 250 ms"),
                budget("Decisions left", "decision", "99 % kept and answered within 50 ms"),
                number("Alerts firing",
                       "Alerts of Frikommune that fire now, without the watchdog.",
                       [query('count(ALERTS{alertname=~"Frikommune.+",alertstate="firing",'
                              'severity=~"critical|warning"}) or vector(0)', "firing")],
                       "short", width=6, steps=thresholds(("green", None), ("red", 1))),
            ]),
            ("Calls", [
                lines("Calls", "Calls answered a second, by service.",
                      [query(f"sum by (job) (rate(grpc_server_handled_total{{{CALLS}}}[$__rate_interval]))", "{{job}}")],
                      "reqps"),
                lines("Failed by us", "The share of calls that we failed: Unknown, DeadlineExceeded, Internal, "
                      "Unavailable, DataLoss.",
                      [query(f'sum by (job) (rate(grpc_server_handled_total{{{CALLS},'
                             'grpc_code=~"Unknown|DeadlineExceeded|Internal|Unavailable|DataLoss"}[$__rate_interval])) / '
                             f"sum by (job) (rate(grpc_server_handled_total{{{CALLS}}}[$__rate_interval]))", "{{job}}")],
                      "percentunit"),
                lines("Answers other than OK", "Calls a second that were answered with another code than OK, whoever is to blame.",
                      [query(f'sum by (job, grpc_code) (rate(grpc_server_handled_total{{{CALLS},grpc_code!="OK"}}[$__rate_interval])) > 0',
                             "{{job}} {{grpc_code}}")],
                      "reqps", stack=True),
                lines("Half of the calls within", "The median of the time to an answer.",
                      [query(percentile(0.5, "grpc_server_handling_seconds_bucket"), "{{job}}")], "s"),
                lines("95 % of the calls within", "The 95th percentile of the time to an answer.",
                      [query(percentile(0.95, "grpc_server_handling_seconds_bucket"), "{{job}}")], "s"),
                lines("99 % of the calls within", "The 99th percentile of the time to an answer. Streams count with all their time.",
                      [query(percentile(0.99, "grpc_server_handling_seconds_bucket"), "{{job}}")], "s"),
            ]),
            ("Load", [
                lines("Calls under way, of what is taken", "Calls that a pod holds now, as a share of how many it takes at once.",
                      [query(f"max by (job, instance) (grpc_server_in_flight{{{PODS}}}) / "
                             f"max by (job, instance) (grpc_server_in_flight_limit{{{PODS}}})", "{{job}} {{instance}}")],
                      "percentunit"),
                lines("Refused", "Calls refused a second: the server is full, is draining, or would answer too late.",
                      [query(f"sum by (job, reason) (rate(frikommune_requests_shed_total{{{PODS}}}[$__rate_interval]))", "{{job}} {{reason}}")],
                      "reqps"),
                lines("Processor", "Processor cores used, by service.",
                      [query(f"sum by (job) (rate(process_cpu_seconds_total{{{PODS}}}[$__rate_interval]))", "{{job}}")],
                      "short"),
                lines("Decisions", "Decisions answered a second, by the service that made them.",
                      [query(f"sum by (job) (rate(frikommune_decisions_total{{{PODS}}}[$__rate_interval]))", "{{job}}")],
                      "cps"),
                lines("99 % of entries kept within", "The 99th percentile of the time from an entry's coming to the ledger to its being kept.",
                      [query(f"histogram_quantile(0.99, sum by (job, le) (rate(frikommune_ledger_append_seconds_bucket{{{PODS}}}[$__rate_interval])))", "{{job}}")],
                      "s"),
                lines("Database errors", "The share of database operations that failed in the last five minutes.",
                      [query(f"job:db_errors:ratio_rate5m{{{SERVICES}}}", "{{job}}")],
                      "percentunit"),
            ]),
            ("What runs", [
                table("Pods that answer", "Pods that answer Prometheus, of those it knows.",
                      f"sum by (job) (up{{{PODS}}})", {"job": "Service", "Value": "Pods"}, width=6),
                table("Versions", "Which version runs in how many pods.",
                      f"count by (job, version) (frikommune_build_info{{{PODS}}})",
                      {"job": "Service", "version": "Version", "Value": "Pods"}, width=8),
                table("Catalogs", "By which catalog how many pods decide.",
                      f"count by (job, digest) (frikommune_catalog_info{{{PODS}}})",
                      {"job": "Service", "digest": "Catalog", "Value": "Pods"}, width=10),
            ]),
        ],
        [NAMESPACE, JOB, INSTANCE])
