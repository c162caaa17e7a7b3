"""What does one service do, method by method?"""

from board import (INSTANCE, JOB, NAMESPACE, PODS, board, heat, lines, query,
                   table, variable)

METHODS = f'{PODS},grpc_service!~"grpc[.].*",grpc_method=~"$grpc_method"'
UNARY = f'{METHODS},grpc_type="unary"'
STREAMS = f'{METHODS},grpc_type!="unary"'
METHOD = variable(
    "grpc_method", "Method",
    'label_values(grpc_server_started_total{namespace=~"$namespace",job=~"$job"}, grpc_method)')


def rate(metric, selector, by):
    return f"sum by ({by}) (rate({metric}{{{selector}}}[$__rate_interval]))"


def quantile(share, metric, selector, by):
    return f"histogram_quantile({share}, {rate(metric + '_bucket', selector, by + ', le')})"


def make():
    handling = "grpc_server_handling_seconds"
    return board(
        "frikommune-service", "Frikommune: service detail",
        "Rate, errors and duration of each method, sizes, streams, repeats, and what is asked of others.",
        [
            ("Methods", [
                lines("Calls", "Calls answered a second, by method.",
                      [query(rate("grpc_server_handled_total", METHODS, "job, grpc_method"), "{{grpc_method}}")], "reqps"),
                lines("Answers other than OK", "Calls a second that were answered with another code than OK.",
                      [query(rate("grpc_server_handled_total", METHODS + ',grpc_code!="OK"', "grpc_method, grpc_code") + " > 0",
                             "{{grpc_method}} {{grpc_code}}")], "reqps", stack=True),
                lines("99 % of the calls within", "The 99th percentile of the time to an answer, of calls that are no streams.",
                      [query(quantile(0.99, handling, UNARY, "grpc_method"), "{{grpc_method}}")], "s"),
                heat("Time to an answer", "How many calls that are no streams were answered within what time.",
                     rate(handling + "_bucket", UNARY, "le"), "s"),
                table("The five slowest", "The methods with the highest 95th percentile of the time to an answer.",
                      f"topk(5, {quantile(0.95, handling, UNARY, 'job, grpc_method')})",
                      {"job": "Service", "grpc_method": "Method", "Value": "95 % within"}, unit="s"),
            ]),
            ("Callers", [
                lines("Too late, or broken off", "Calls a second whose deadline passed, or that the caller broke off.",
                      [query(rate("grpc_server_handled_total", METHODS + ',grpc_code=~"DeadlineExceeded|Canceled"', "job, grpc_code"),
                             "{{job}} {{grpc_code}}")], "reqps"),
                lines("Wrong requests", "Calls a second that were answered InvalidArgument, by method: a caller is wrong.",
                      [query(rate("grpc_server_handled_total", METHODS + ',grpc_code="InvalidArgument"', "job, grpc_method"),
                             "{{grpc_method}}")], "reqps"),
                lines("Unknown methods", "Calls a second of methods that the service does not have.",
                      [query(f'sum by (job) (rate(grpc_server_handled_total{{{PODS},grpc_service="unknown"}}[$__rate_interval]))', "{{job}}")], "reqps"),
                lines("Repeats", "Requests a second by what their request id says: new, sent again, or used for another request.",
                      [query(rate("frikommune_idempotency_total", PODS, "job, result"), "{{job}} {{result}}")], "reqps"),
                lines("Refused", "Calls refused a second, and why.",
                      [query(rate("frikommune_requests_shed_total", PODS, "job, reason"), "{{job}} {{reason}}")], "reqps"),
                lines("Calls under way", "Calls that hold resources now, and the most that are taken.",
                      [query(f"max by (job, instance) (grpc_server_in_flight{{{PODS}}})", "{{instance}}"),
                       query(f"min by (job) (grpc_server_in_flight_limit{{{PODS}}})", "limit of {{job}}")], "short"),
            ]),
            ("Messages", [
                lines("Requests, 95 % at most", "The 95th percentile of the size of requests.",
                      [query(quantile(0.95, "grpc_server_request_bytes", PODS, "grpc_service"), "{{grpc_service}}")], "bytes"),
                lines("Answers, 95 % at most", "The 95th percentile of the size of answers.",
                      [query(quantile(0.95, "grpc_server_response_bytes", PODS, "grpc_service"), "{{grpc_service}}")], "bytes"),
                lines("Messages on streams", "Messages a second that came and went on streams, by method.",
                      [query(rate("grpc_server_msg_received_total", STREAMS, "grpc_method"), "{{grpc_method}} received"),
                       query(rate("grpc_server_msg_sent_total", STREAMS, "grpc_method"), "{{grpc_method}} sent")], "cps"),
            ]),
            ("What rehab asks of certificates", [
                lines("Calls to certificates", "Calls a second, by what came back.",
                      [query(rate("grpc_client_handled_total", PODS + ',target="certificates"', "grpc_method, grpc_code"), "{{grpc_method}} {{grpc_code}}")], "reqps", width=12),
                lines("Certificates answers within", "The 99th percentile of the time to an answer, as rehab sees it.",
                      [query(quantile(0.99, "grpc_client_handling_seconds", PODS + ',target="certificates"', "grpc_method"), "{{grpc_method}}")], "s", width=12),
            ]),
        ],
        [NAMESPACE, JOB, INSTANCE, METHOD])
