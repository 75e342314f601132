"""Bare Jobs and Pods by the API server's own words, over one connection that stays open."""

import base64
import http.client
import json
import ssl
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit


class Api:
    """The API server that a kubeconfig names, as the user whose certificate it holds."""

    def __init__(self, kubectl, kubeconfig, namespace):
        self.namespace = namespace
        config = kubectl("config", "view", "--raw", "--minify", "-o", "json", "--kubeconfig", kubeconfig)
        config = json.loads(config)
        cluster, user = config["clusters"][0]["cluster"], config["users"][0]["user"]
        self.netloc = urlsplit(cluster["server"]).netloc
        self.context = ssl.create_default_context(cadata=base64.b64decode(cluster["certificate-authority-data"]).decode())
        with tempfile.TemporaryDirectory() as directory:
            paths = []
            for key in ("client-certificate-data", "client-key-data"):
                paths.append(Path(directory, key))
                paths[-1].touch(0o600)
                paths[-1].write_bytes(base64.b64decode(user[key]))
            self.context.load_cert_chain(*map(str, paths))
        self.line = self.connect()

    def connect(self):
        return http.client.HTTPSConnection(self.netloc, context=self.context, timeout=120)

    def ask(self, method, path, body=None):
        self.line.request(method, path, json.dumps(body) if body else None, {"Content-Type": "application/json"})
        answer = self.line.getresponse()
        text = answer.read()
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {text[:300]!r}")
        return json.loads(text)

    def job(self, name, command, parallelism=1):
        return self.ask(
            "POST",
            f"/apis/batch/v1/namespaces/{self.namespace}/jobs",
            {
                "metadata": {"name": name, "labels": {"bench": "bare"}},
                "spec": {"parallelism": parallelism, "backoffLimit": 0, "template": {"spec": pod(command)}},
            },
        )

    def pod(self, name, command):
        body = {"metadata": {"name": name, "labels": {"bench": "bare"}}, "spec": pod(command)}
        return self.ask("POST", f"/api/v1/namespaces/{self.namespace}/pods", body)

    def ended(self, names):
        """Waits by one watch until these Jobs have succeeded."""
        path = f"/apis/batch/v1/namespaces/{self.namespace}/jobs?labelSelector=bench%3Dbare"
        waited = set(names)
        listed = self.ask("GET", path)
        waited -= {job["metadata"]["name"] for job in listed["items"] if job.get("status", {}).get("succeeded")}
        line = self.connect()
        line.request("GET", f"{path}&watch=1&resourceVersion={listed['metadata']['resourceVersion']}")
        answer = line.getresponse()
        while waited:
            event = json.loads(answer.readline())
            if event["object"].get("status", {}).get("succeeded"):
                waited.discard(event["object"]["metadata"]["name"])
        line.close()

    def log(self, pod_name, patience=60):
        """What a Pod printed, once it has succeeded."""
        path = f"/api/v1/namespaces/{self.namespace}/pods/{pod_name}"
        end = time.monotonic() + patience
        while self.ask("GET", path)["status"].get("phase") != "Succeeded":
            if time.monotonic() > end:
                raise RuntimeError(f"{pod_name} has not ended")
            time.sleep(0.02)
        self.line.request("GET", path + "/log")
        return self.line.getresponse().read().decode()

    def workflow(self, name, commands):
        """A Workflow as one would write it by hand: a DAG in which each command comes after the one before."""
        tasks = [{"name": "t0", "template": "t0"}]
        tasks += [{"name": f"t{n}", "template": f"t{n}", "depends": f"t{n - 1}"} for n in range(1, len(commands))]
        templates = [{"name": "main", "dag": {"tasks": tasks}}]
        for n, command in enumerate(commands):
            step = {"image": "localhost/busybox:1", "command": ["sh", "-c", command]}
            templates.append({"name": f"t{n}", "container": step})
        return self.ask(
            "POST",
            f"/apis/argoproj.io/v1alpha1/namespaces/{self.namespace}/workflows",
            {
                "apiVersion": "argoproj.io/v1alpha1",
                "kind": "Workflow",
                "metadata": {"name": name, "labels": {"bench": "bare"}},
                "spec": {"entrypoint": "main", "templates": templates},
            },
        )

    def workflow_ended(self, name):
        path = f"/apis/argoproj.io/v1alpha1/namespaces/{self.namespace}/workflows/{name}"
        while self.ask("GET", path).get("status", {}).get("phase") != "Succeeded":
            time.sleep(0.1)

    def executor(self):
        """The right that Argo's own container in each Pod needs."""
        path = f"/apis/rbac.authorization.k8s.io/v1/namespaces/{self.namespace}"
        rule = {"apiGroups": ["argoproj.io"], "resources": ["workflowtaskresults"], "verbs": ["create", "patch"]}
        self.ask("POST", path + "/roles", {"metadata": {"name": "executor"}, "rules": [rule]})
        binding = {
            "metadata": {"name": "executor"},
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "executor"},
            "subjects": [{"kind": "ServiceAccount", "name": "default", "namespace": self.namespace}],
        }
        self.ask("POST", path + "/rolebindings", binding)

    def settled(self, patience=300):
        """Takes away what was measured and waits until the node has nothing left to do: a kubelet tells little at a time."""
        kinds = {
            "/apis/argoproj.io/v1alpha1/namespaces/%s/workflows": self.has_argo(),
            "/apis/batch/v1/namespaces/%s/jobs": True,
            "/api/v1/namespaces/%s/pods": True,
        }
        for kind in (kind for kind, there in kinds.items() if there):
            self.ask("DELETE", kind % self.namespace + "?propagationPolicy=Background")
        end = time.monotonic() + patience
        while self.ask("GET", f"/api/v1/namespaces/{self.namespace}/pods")["items"]:
            if time.monotonic() > end:
                raise RuntimeError("Pods are still there")
            time.sleep(0.5)
        time.sleep(3)

    def has_argo(self):
        groups = self.ask("GET", "/apis")["groups"]
        return any(group["name"] == "argoproj.io" for group in groups)


def pod(command):
    return {
        "restartPolicy": "Never",
        "terminationGracePeriodSeconds": 0,
        "containers": [{"name": "main", "image": "localhost/busybox:1", "command": ["sh", "-c", command]}],
    }
