"""Callers without a retry, until SIGTERM; then says how many calls failed.

Usage: load.py DESCRIPTORS EXAMPLES SERVICE=HOST:PORT...

Each target has callers of two kinds: those that keep one connection and watch
nothing, and, for a target written SERVICE=dns:..., those that spread their calls
over every address and watch its health. The requests are those of the examples;
each call has a request id of its own. Prints one line of JSON.
"""

import collections
import glob
import json
import signal
import sys
import threading
import time
import uuid

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

CALLERS = 4
DEADLINE_S = 5
PAUSE_S = 0.02  # The machine has two cores, and the pods want some of them.
METHODS = {
    "scheduling": "frikommune.scheduling.v1.SchedulingService/PlanContactCourse",
    "certificates": "frikommune.certificates.v1.CertificatesService/DecideCertificate",
    "rehab": "frikommune.rehab.v1.RehabService/RouteCase",
}
SPREAD = {
    "loadBalancingConfig": [{"round_robin": {}}],
    "healthCheckConfig": {"serviceName": "readiness"},
}


def example(folder, method):
    for path in sorted(glob.glob(f"{folder}/*.jsonl")):
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                case = json.loads(line)
                if case["call"] == method:
                    return case["request"]
    sys.exit(f"load: no example calls {method}")


class Callers:
    """The callers of one target."""

    def __init__(self, pool, examples, target, stopped):
        service, self.address = target.split("=", 1)
        self.method = METHODS[service]
        self.spreads = self.address.startswith("dns:")
        self.name = f"{service} {'spread' if self.spreads else 'plain'}"
        self.stopped = stopped
        described = pool.FindMethodByName(self.method.replace("/", "."))
        factory = message_factory.MessageFactory(pool)
        self.request = factory.GetPrototype(described.input_type)
        self.response = factory.GetPrototype(described.output_type)
        self.example = example(examples, self.method)
        self.has_id = "request_id" in described.input_type.fields_by_name
        self.took, self.failed = [], []
        self.threads = [threading.Thread(target=self.call) for _ in range(CALLERS)]

    def message(self):
        message = json_format.ParseDict(self.example, self.request())
        if self.has_id:
            message.request_id = str(uuid.uuid4())
        if hasattr(message, "case_id"):
            message.case_id = str(uuid.uuid4())
        return message

    def call(self):
        options = [("grpc.enable_retries", 0), ("grpc.use_local_subchannel_pool", 1)]
        if self.spreads:
            options.append(("grpc.service_config", json.dumps(SPREAD)))
        with grpc.insecure_channel(self.address, options) as channel:
            method = channel.unary_unary(
                "/" + self.method,
                request_serializer=lambda message: message.SerializeToString(),
                response_deserializer=self.response.FromString)
            while not self.stopped.is_set():
                message, began = self.message(), time.monotonic()
                try:
                    method(message, timeout=DEADLINE_S)
                except grpc.RpcError as error:
                    self.failed.append(f"{time.strftime('%T')} {error.code().name} {error.details()}")
                self.took.append(time.monotonic() - began)
                time.sleep(PAUSE_S)


def main():
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    files = descriptor_pb2.FileDescriptorSet()
    with open(sys.argv[1], "rb") as descriptors:
        files.ParseFromString(descriptors.read())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)
    all_callers = [Callers(pool, sys.argv[2], target, stopped) for target in sys.argv[3:]]
    began = time.monotonic()
    for callers in all_callers:
        for thread in callers.threads:
            thread.start()
    stopped.wait()
    for callers in all_callers:
        for thread in callers.threads:
            thread.join()
    took = sorted(t for callers in all_callers for t in callers.took)
    failed = [f for callers in all_callers for f in callers.failed]
    print(json.dumps({
        "seconds": round(time.monotonic() - began, 1),
        "calls": len(took),
        "failed": len(failed),
        "p50_ms": round(1000 * took[len(took) // 2], 1),
        "p99_ms": round(1000 * took[len(took) * 99 // 100], 1),
        "by_callers": {c.name: [len(c.took), len(c.failed)] for c in all_callers},
        "codes": dict(collections.Counter(f.split()[1] for f in failed)),
        "first_failures": failed[:5],
    }))


main()
