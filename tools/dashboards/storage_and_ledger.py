"""Where does keeping a decision take its time? The database and the ledger by
use, saturation and errors."""

from board import (INSTANCE, JOB, NAMESPACE, PODS, board, heat, lines, query, table)

DB = "db_client_operation_duration_seconds"


def rate(metric, by, more=""):
    return f"sum by ({by}) (rate({metric}{{{PODS}{more}}}[$__rate_interval]))"


def make():
    return board(
        "frikommune-storage", "Frikommune: storage and ledger",
        "The database and the ledger: use, saturation, errors.",
        [
            ("Ledger", [
                lines("Entries kept", "Entries kept a second.",
                      [query(rate("frikommune_ledger_batch_rows_sum", "job"), "{{job}}")], "cps"),
                lines("Kept within", "The median and the 99th percentile of the time from an entry's coming to the ledger to its being kept.",
                      [query(f"histogram_quantile(0.5, {rate('frikommune_ledger_append_seconds_bucket', 'job, le')})", "{{job}} half"),
                       query(f"histogram_quantile(0.99, {rate('frikommune_ledger_append_seconds_bucket', 'job, le')})", "{{job}} 99 %")], "s"),
                lines("Entries of one transaction", "The mean: it grows with the load, since entries that come together are kept together.",
                      [query(f"{rate('frikommune_ledger_batch_rows_sum', 'job')} / {rate('frikommune_ledger_batch_rows_count', 'job')}", "{{job}}")], "short"),
                lines("Places taken in the queue", "Entries that wait to be kept, as a share of how many may. At 100 % the next is refused.",
                      [query(f"max by (job, instance) (frikommune_ledger_queue_depth{{{PODS}}}) / max by (job, instance) (frikommune_ledger_queue_limit{{{PODS}}})", "{{job}} {{instance}}")], "percentunit"),
                lines("The oldest waits", "How long the oldest entry has waited that is not kept yet. More than ten seconds is a ledger that stands still.",
                      [query(f"max by (job, instance) (frikommune_ledger_oldest_waiting_seconds{{{PODS}}})", "{{job}} {{instance}}")], "s"),
                lines("Repeats", "Requests a second by what their request id says: new, sent again, or used for another request.",
                      [query(rate("frikommune_idempotency_total", "job, result"), "{{job}} {{result}}")], "reqps"),
                heat("Time to keep an entry", "How many entries were kept within what time.",
                     rate("frikommune_ledger_append_seconds_bucket", "le"), "s"),
                heat("Entries of a transaction", "How many transactions kept how many entries.",
                     rate("frikommune_ledger_batch_rows_bucket", "le"), "short"),
            ]),
            ("Database", [
                lines("Operations", "Operations on the database a second.",
                      [query(rate(f"{DB}_count", "job, db_operation_name"), "{{job}} {{db_operation_name}}")], "ops"),
                lines("99 % of operations within", "The 99th percentile of the time of an operation, waiting for a connection included.",
                      [query(f"histogram_quantile(0.99, {rate(f'{DB}_bucket', 'job, db_operation_name, le')})", "{{job}} {{db_operation_name}}")], "s"),
                lines("Errors", "Operations a second that failed, and how. 0 where none did.",
                      [query(f"""{rate(f'{DB}_count', 'job, error_type', ',error_type!=""')} or sum by (job) (rate({DB}_count{{{PODS}}}[$__rate_interval])) * 0""", "{{job}} {{error_type}}")], "ops"),
                lines("Connections used", "Connections in use, as a share of how many there may be.",
                      [query(f'sum by (job, instance) (db_client_connection_count{{{PODS},state="used"}}) / sum by (job, instance) (db_client_connection_max{{{PODS}}})', "{{job}} {{instance}}")], "percentunit"),
                lines("Connections", "Connections by state.",
                      [query(f"sum by (job, state) (db_client_connection_count{{{PODS}}})", "{{job}} {{state}}")], "short", stack=True),
                lines("Tried again", "Transactions a second that were tried again, since another was in their way.",
                      [query(rate("frikommune_db_tx_retries_total", "job, reason"), "{{job}} {{reason}}")], "ops"),
                lines("SQLite's log", "Size of the write-ahead log. It is put back into the file at about 16 MiB.",
                      [query(f"max by (job, instance) (frikommune_sqlite_wal_bytes{{{PODS}}})", "{{job}} {{instance}}")], "bytes"),
                table("Schemas", "Which schema how many pods use.",
                      f"count by (job, version) (frikommune_schema_version_info{{{PODS}}})",
                      {"job": "Service", "version": "Schema", "Value": "Pods"}, width=16),
            ]),
        ],
        [NAMESPACE, JOB, INSTANCE])
