#!/usr/bin/env python3
"""Finds what the chart's objects say of each other and is not so.

    links.py FILE...    rendered charts

Schemas see one object at a time; this sees whether a selector selects, a port
is listened at, and a name is there. Prints each fault, and exits with 1 if there
is one.
"""
import collections
import re
import sys

import yaml

SECRET = re.compile(r"PASSWORD|SECRET|TOKEN|PRIVATE|CREDENTIAL", re.IGNORECASE)
Pod = collections.namedtuple("Pod", "owner labels spec")


def key(thing):
    return f'{thing["kind"]}/{thing["metadata"]["name"]}'


def matches(selector, labels):
    return all(labels.get(name) == value for name, value in selector.items())


def pods_of(things):
    for thing in things:
        if thing["kind"] == "Pod":
            yield Pod(thing, thing["metadata"].get("labels", {}), thing["spec"])
        elif thing["kind"] in ("Deployment", "StatefulSet", "Job"):
            template = thing["spec"]["template"]
            yield Pod(thing, template["metadata"]["labels"], template["spec"])


def ports_of(pod):
    """The ports of a pod's containers, by name and by number."""
    for container in pod.spec["containers"]:
        for port in container.get("ports", []):
            yield port.get("name")
            yield port["containerPort"]


def faults_of_pod(pod, things):
    spec, names = pod.spec, {key(thing) for thing in things}
    own = pod.owner["spec"].get("selector", {}).get("matchLabels", {})
    if not matches(own, pod.labels):
        yield "does not select its own pods"
    spread = [one["labelSelector"] for one in spec.get("topologySpreadConstraints", [])]
    apart = spec.get("affinity", {}).get("podAntiAffinity", {})
    for term in apart.get("preferredDuringSchedulingIgnoredDuringExecution", []):
        spread.append(term["podAffinityTerm"]["labelSelector"])
    if not all(matches(one["matchLabels"], pod.labels) for one in spread):
        yield "is kept apart from pods that are not its own"
    account = spec.get("serviceAccountName", "default")
    if account != "default" and f"ServiceAccount/{account}" not in names:
        yield f"runs as {account}, who is not there"

    volumes = {volume["name"]: volume for volume in spec.get("volumes", [])}
    for volume in volumes.values():
        sources = volume.get("projected", {}).get("sources", []) + [volume]
        for source in sources:
            config = source.get("configMap", {}).get("name")
            if config and f"ConfigMap/{config}" not in names:
                yield f"mounts the ConfigMap {config}, which is not there"
    claimed = {claim["metadata"]["name"]
               for claim in pod.owner["spec"].get("volumeClaimTemplates", [])}
    mounted = set()
    for container in spec["containers"] + spec.get("initContainers", []):
        mounts = [mount["name"] for mount in container.get("volumeMounts", [])]
        mounted.update(mounts)
        for mount in set(mounts) - set(volumes) - claimed:
            yield f"mounts {mount}, which is no volume of it"
        variables = [variable["name"] for variable in container.get("env", [])]
        for name in {name for name in variables if variables.count(name) > 1}:
            yield f"sets {name} twice"
        for variable in container.get("env", []):
            if SECRET.search(variable["name"]) and "value" in variable:
                yield f'writes {variable["name"]} down'
        for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
            ask = container.get(probe, {})
            port = ask.get("grpc", ask.get("httpGet", {})).get("port")
            if port is not None and port not in ports_of(pod):
                yield f"is probed at {port}, where nothing listens"
    for volume in (set(volumes) | claimed) - mounted:
        yield f"has the volume {volume}, which nothing mounts"


def faults_of_service(service, pods):
    selected = [pod for pod in pods if matches(service["spec"]["selector"], pod.labels)]
    if not selected:
        yield "selects no pod"
    for pod in selected:
        for port in service["spec"]["ports"]:
            if port.get("targetPort", port["port"]) not in ports_of(pod):
                yield f'leads to {port["targetPort"]} of {key(pod.owner)}, which does not listen there'


def faults_of_monitor(monitor, things):
    selected = [thing for thing in things if thing["kind"] == "Service"
                and matches(monitor["spec"]["selector"]["matchLabels"], thing["metadata"]["labels"])]
    if not selected:
        yield "selects no Service"
    ports = {port["name"] for service in selected for port in service["spec"]["ports"]}
    for endpoint in monitor["spec"]["endpoints"]:
        if endpoint["port"] not in ports:
            yield f'scrapes {endpoint["port"]}, which no Service has'


def faults_of_policy(policy, pods):
    def selected(selector):
        return [pod for pod in pods if matches(selector.get("matchLabels", {}), pod.labels)]

    mine = selected(policy["spec"]["podSelector"])
    if not mine:
        yield "selects no pod"
    for rule in policy["spec"].get("ingress", []):
        for peer in rule.get("from", []):
            if "podSelector" in peer and "namespaceSelector" not in peer:
                if not selected(peer["podSelector"]):
                    yield f'lets pods in that are not there: {peer["podSelector"]}'
        for port in rule.get("ports", []):
            if isinstance(port["port"], str) and not any(port["port"] in ports_of(pod) for pod in mine):
                yield f'opens {port["port"]}, where nothing listens'


def faults_of_budget(budget, things):
    selector = budget["spec"]["selector"]["matchLabels"]
    owners = [pod.owner for pod in pods_of(things) if matches(selector, pod.labels)]
    if not owners:
        yield "selects no pod"
    for owner in owners:
        least = [thing["spec"]["minReplicas"] for thing in things
                 if thing["kind"] == "HorizontalPodAutoscaler"
                 and thing["spec"]["scaleTargetRef"]["name"] == owner["metadata"]["name"]]
        replicas = (least or [owner["spec"].get("replicas", 1)])[0]
        if replicas - budget["spec"].get("minAvailable", 0) < 1 or budget["spec"].get("maxUnavailable") == 0:
            yield "lets no pod be moved"


def faults_of_scaler(scaler, things):
    target = scaler["spec"]["scaleTargetRef"]
    found = [thing for thing in things if key(thing) == f'{target["kind"]}/{target["name"]}']
    if not found:
        yield f'scales {target["name"]}, which is not there'
    elif "replicas" in found[0]["spec"]:
        yield "scales what has a number of its own"


def faults(things):
    """What is wrong, as (object, fault)."""
    pods = list(pods_of(things))
    seen = collections.Counter(key(thing) for thing in things)
    for name, count in seen.items():
        if count > 1:
            yield name, "is there twice"
    for pod in pods:
        for fault in faults_of_pod(pod, things):
            yield key(pod.owner), fault
    of_kind = {
        "Service": lambda thing: faults_of_service(thing, pods),
        "ServiceMonitor": lambda thing: faults_of_monitor(thing, things),
        "NetworkPolicy": lambda thing: faults_of_policy(thing, pods),
        "PodDisruptionBudget": lambda thing: faults_of_budget(thing, things),
        "HorizontalPodAutoscaler": lambda thing: faults_of_scaler(thing, things),
    }
    for thing in things:
        for fault in of_kind.get(thing["kind"], lambda _: ())(thing):
            yield key(thing), fault


def read(path):
    with open(path, encoding="utf-8") as file:
        return [thing for thing in yaml.safe_load_all(file) if thing]


def main():
    wrong = 0
    for path in sys.argv[1:]:
        for name, fault in faults(read(path)):
            print(f"{name} {fault}")
            wrong = 1
    return wrong


if __name__ == "__main__":
    sys.exit(main())
