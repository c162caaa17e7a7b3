"""Do the pods of a service do the same, and does a rollout go well?"""

from board import (INSTANCE, JOB, NAMESPACE, PODS, board, lines, query, table)

CALLS = f'{PODS},grpc_service!~"grpc[.].*|unknown"'


def each(metric, by="job, instance"):
    return f"max by ({by}) ({metric}{{{PODS}}})"


def per_pod(metric, selector=PODS):
    return f"sum by (job, instance) (rate({metric}{{{selector}}}[$__rate_interval]))"


def make():
    pod = "{{job}} {{instance}}"
    return board(
        "frikommune-rollout", "Frikommune: rollout and balance",
        "Each pod beside the others: load, versions, drains, resources.",
        [
            ("Balance", [
                lines("Calls by pod", "Calls answered a second, by pod.",
                      [query(per_pod("grpc_server_handled_total", CALLS), pod)], "reqps"),
                lines("Busiest to idlest", "Calls of the busiest pod to those of the idlest. 1 is even; without the headless Service and round_robin it is not.",
                      [query(f"max by (job) ({per_pod('grpc_server_handled_total', CALLS)}) / (min by (job) ({per_pod('grpc_server_handled_total', CALLS)}) > 0)", "{{job}}")], "short"),
                lines("Calls under way", "Calls that a pod holds now.",
                      [query(each("grpc_server_in_flight"), pod)], "short"),
            ]),
            ("Rollout", [
                lines("Up for", "How long each pod's server has run. It falls to 0 with a restart.",
                      [query(f"time() - {each('process_start_time_seconds')}", pod)], "s"),
                lines("Refused while draining", "Calls refused a second by servers that stop. They go to another pod.",
                      [query(f'sum by (job) (rate(frikommune_requests_shed_total{{{PODS},reason="draining"}}[$__rate_interval]))', "{{job}}")], "reqps"),
                lines("Broken off", "Calls broken off a second by servers that stopped before they were answered.",
                      [query(f"sum by (job) (rate(frikommune_shutdown_forced_rpcs_total{{{PODS}}}[$__rate_interval]))", "{{job}}")], "cps"),
                table("Versions", "Which version runs in which pod.",
                      f"max by (job, instance, version) (frikommune_build_info{{{PODS}}})",
                      {"job": "Service", "instance": "Pod", "version": "Version", "Value": "There"}, width=8),
                table("Schemas", "Which schema each pod uses.",
                      f"max by (job, instance, version) (frikommune_schema_version_info{{{PODS}}})",
                      {"job": "Service", "instance": "Pod", "version": "Schema", "Value": "There"}, width=8),
                table("Catalogs", "By which catalog each pod decides.",
                      f"max by (job, instance, digest) (frikommune_catalog_info{{{PODS}}})",
                      {"job": "Service", "instance": "Pod", "digest": "Catalog", "Value": "There"}, width=8),
                lines("Catalog reloads", "Changed catalogs that were taken, and refused, in each step.",
                      [query(f"sum by (job, instance, result) (increase(frikommune_catalog_reload_total{{{PODS}}}[$__rate_interval]))", "{{instance}} {{result}}")], "short"),
                lines("The last reload went well", "1 if the newest catalog was taken, 0 if it was refused.",
                      [query(f"min by (job, instance) (frikommune_catalog_last_reload_success{{{PODS}}})", pod)], "bool_yes_no", most=1),
                lines("Certificates expire in", "How long the certificate that expires first is valid.",
                      [query(f"min by (job, use) (frikommune_x509_not_after_timestamp_seconds{{{PODS}}}) - time()", "{{job}} {{use}}")], "s"),
            ]),
            ("Resources", [
                lines("Processor", "Processor cores used, by pod.", [query(per_pod("process_cpu_seconds_total"), pod)], "short"),
                lines("Memory", "Resident memory, by pod.", [query(each("process_resident_memory_bytes"), pod)], "bytes"),
                lines("File descriptors", "Open file descriptors, as a share of how many may be.",
                      [query(f"{each('process_open_fds')} / {each('process_max_fds')}", pod)], "percentunit"),
                lines("Threads", "Threads, by pod.", [query(each("process_threads"), pod)], "short"),
                lines("Log lines dropped", "Log lines dropped a second, by pod.",
                      [query(per_pod("frikommune_log_lines_dropped_total"), pod)], "cps"),
                lines("Series", "Series that a pod tells. 1000 are promised.",
                      [query(each("scrape_samples_post_metric_relabeling"), pod)], "short"),
            ]),
        ],
        [NAMESPACE, JOB, INSTANCE])
