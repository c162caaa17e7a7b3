"""The three servers and a Prometheus that reads them, as processes of their own on
free ports of this machine. What is started is ended, by its id."""

import json
import re
import shutil
import subprocess
import urllib.error
import urllib.parse
import urllib.request

from postgres import Postgres
from process import Process


class Server(Process):
    """A server of the suite."""

    def __init__(self, binaries, service, *flags):
        binary = binaries / f"frikommune-{service}"
        super().__init__(
            [binary, "--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0",
             "--admin-listen", "127.0.0.1:0", "--drain-seconds", "0", *flags],
            r"^ready grpc=(\S+) .*metrics=(\S+)")
        self.job = f"frikommune-{service}"
        self.grpc, self.metrics = self.ready.groups()


def _certificate(folder):
    """A certificate for this machine, and its key."""
    certificate, key = folder / "tls.crt", folder / "tls.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "90", "-subj", "/CN=localhost", "-keyout", key, "-out", certificate],
        check=True, capture_output=True)
    return certificate, key


class Suite:
    """Certificates, rehab and two schedulings, one of which speaks TLS. Certificates
    keeps its state in SQLite, rehab in PostgreSQL."""

    def __init__(self, root, binaries, folder):
        self.folder = folder
        self.catalog = folder / "catalog"
        shutil.copytree(root / "catalog", self.catalog)
        catalog = ["--catalog", self.catalog]
        self.servers = {}
        self.postgres = Postgres()
        try:
            rehab_store = self.postgres.make_database("frikommune_rehab")
            subprocess.run([binaries / "frikommune", "migrate", "--store", rehab_store],
                           check=True, capture_output=True)
            certificate, key = _certificate(folder)
            self.servers["scheduling-tls"] = Server(
                binaries, "scheduling", *catalog, "--tls-certificate", certificate, "--tls-key", key)
            self.servers["scheduling"] = Server(binaries, "scheduling", *catalog)
            self.servers["certificates"] = Server(
                binaries, "certificates", *catalog, "--store", f"sqlite:{folder}/certificates.db")
            self.servers["rehab"] = Server(
                binaries, "rehab", *catalog, "--store", rehab_store,
                "--certificates", self.servers["certificates"].grpc)
        except BaseException:
            self.kill()
            raise

    def targets(self):
        """As `frikommune replay` is told of them."""
        services = ("scheduling", "certificates", "rehab")
        named = [f"{service}={self.servers[service].grpc}" for service in services]
        return [word for target in [*named, self.servers["scheduling"].grpc] for word in ("--target", target)]

    def scrapes(self):
        """What Prometheus is to read: addresses by job."""
        jobs = {}
        for server in self.servers.values():
            jobs.setdefault(server.job, []).append(server.metrics)
        return jobs

    def kill(self):
        for server in self.servers.values():
            server.kill()
        self.postgres.remove()


class Prometheus(Process):
    """Debian's Prometheus, with the chart's rules made quick: what waits for
    minutes there waits for seconds here, and nothing lingers."""

    def __init__(self, folder, jobs, rules):
        configuration = {
            "global": {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"},
            "rule_files": [],
            "scrape_configs": [
                {"job_name": job, "static_configs": [{"targets": targets, "labels": {"namespace": "live"}}]}
                for job, targets in jobs.items()],
        }
        for path in rules:
            quick = re.sub(r"^( *interval:) .*$", r"\1 1s", path.read_text(), flags=re.M)
            quick = re.sub(r"^( *for:) .*$", r"\1 3s", quick, flags=re.M)
            quick = re.sub(r"^ *keep_firing_for:.*\n", "", quick, flags=re.M)
            copy = folder / path.name
            copy.write_text(quick)
            configuration["rule_files"].append(str(copy))
        file = folder / "prometheus.json"  # YAML contains JSON.
        file.write_text(json.dumps(configuration))
        super().__init__(
            ["prometheus", f"--config.file={file}", f"--storage.tsdb.path={folder}/tsdb",
             "--web.listen-address=127.0.0.1:0"],
            r'msg="Listening on" address=(\S+)')
        self.address = self.ready.group(1)
        self.wait_for("Server is ready to receive web requests")

    def get(self, path, **parameters):
        """The data that its API answers. Raises ValueError where it refuses."""
        url = f"http://{self.address}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
        try:
            with urllib.request.urlopen(url, timeout=10) as response:
                return json.load(response)["data"]
        except urllib.error.HTTPError as error:
            raise ValueError(f"{path} {parameters}: {error.read().decode()}") from error

    def numbers(self, expression):
        """What an expression is now: labels and value of each series that has one."""
        return [(one["metric"], float(one["value"][1])) for one in self.get("query", query=expression)["result"]
                if one["value"][1] != "NaN"]

    def firing(self):
        """The names of the alerts that fire."""
        return {alert["labels"]["alertname"] for alert in self.get("alerts")["alerts"] if alert["state"] == "firing"}
