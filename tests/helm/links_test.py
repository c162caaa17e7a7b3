#!/usr/bin/env python3
"""Plants a fault of each kind in a rendered chart, and sees it found.

    links_test.py FILE    everything that the chart can write
"""
import copy
import sys
import unittest

import links

RENDERED = links.read(sys.argv.pop())


def change(kind, what):
    """The chart, with the first object of a kind changed."""
    things = copy.deepcopy(RENDERED)
    thing = next(thing for thing in things if thing["kind"] == kind)
    what(thing)
    return things


def container(thing):
    return thing["spec"]["template"]["spec"]["containers"][0]


# What is changed, of which kind, and what must be said of it.
PLANTED = [
    ("Deployment", lambda it: it["spec"]["selector"]["matchLabels"].update({"app.kubernetes.io/name": "x"}),
     "does not select its own pods"),
    ("Deployment", lambda it: it["spec"]["template"]["spec"]["topologySpreadConstraints"][0]["labelSelector"]
     ["matchLabels"].update({"app.kubernetes.io/name": "x"}), "kept apart from pods that are not its own"),
    ("Deployment", lambda it: it["spec"]["template"]["spec"].update(serviceAccountName="x"), "runs as x"),
    ("Deployment", lambda it: it["spec"]["template"]["spec"]["volumes"].append(
        {"name": "x", "configMap": {"name": "x"}}), "mounts the ConfigMap x"),
    ("Deployment", lambda it: it["spec"]["template"]["spec"]["volumes"].append({"name": "x"}),
     "has the volume x, which nothing mounts"),
    ("Deployment", lambda it: container(it)["volumeMounts"].append({"name": "x"}), "mounts x, which is no volume"),
    ("Deployment", lambda it: container(it)["env"].extend([{"name": "X"}, {"name": "X"}]), "sets X twice"),
    ("Deployment", lambda it: container(it)["env"].append({"name": "DB_PASSWORD", "value": "x"}),
     "writes DB_PASSWORD down"),
    ("Deployment", lambda it: container(it)["readinessProbe"]["grpc"].update(port=1), "is probed at 1"),
    ("Deployment", lambda it: it["spec"].update(replicas=2), "scales what has a number of its own"),
    ("Service", lambda it: it["spec"]["selector"].update({"app.kubernetes.io/name": "x"}), "selects no pod"),
    ("Service", lambda it: it["spec"]["ports"][0].update(targetPort="x"), "leads to x"),
    ("ServiceMonitor", lambda it: it["spec"]["selector"]["matchLabels"].update({"app.kubernetes.io/part-of": "x"}),
     "selects no Service"),
    ("ServiceMonitor", lambda it: it["spec"]["endpoints"][0].update(port="x"), "scrapes x"),
    ("NetworkPolicy", lambda it: it["spec"]["podSelector"]["matchLabels"].update({"app.kubernetes.io/name": "x"}),
     "selects no pod"),
    ("NetworkPolicy", lambda it: it["spec"]["ingress"].append(
        {"from": [{"podSelector": {"matchLabels": {"x": "x"}}}]}), "lets pods in that are not there"),
    ("NetworkPolicy", lambda it: it["spec"]["ingress"].append({"ports": [{"port": "x"}]}), "opens x"),
    ("PodDisruptionBudget", lambda it: it["spec"]["selector"]["matchLabels"].update({"app.kubernetes.io/name": "x"}),
     "selects no pod"),
    ("PodDisruptionBudget", lambda it: it["spec"].update(minAvailable=2), "lets no pod be moved"),
    ("PodDisruptionBudget", lambda it: it["spec"].update(maxUnavailable=0), "lets no pod be moved"),
    ("HorizontalPodAutoscaler", lambda it: it["spec"]["scaleTargetRef"].update(name="x"), "scales x"),
    ("Service", lambda it: it["metadata"].update(name="frikommune-rehab"), "is there twice"),
]


class LinksTest(unittest.TestCase):
    def test_the_chart_is_whole(self):
        self.assertEqual(list(links.faults(RENDERED)), [])

    def test_what_is_planted_is_found(self):
        for kind, what, said in PLANTED:
            with self.subTest(said=said):
                found = [f"{name} {fault}" for name, fault in links.faults(change(kind, what))]
                self.assertTrue(any(said in fault for fault in found), found)


if __name__ == "__main__":
    unittest.main()
