"""The Kubernetes that checks run on: the one that FERRY_TEST_CLUSTER starts, and what a check does with it."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import Request, urlopen

TOOLS = os.environ.get("FERRY_TEST_CLUSTER", "")
STATE = Path(os.environ.get("CLUSTER_STATE") or Path(os.environ.get("TMPDIR", "/tmp")) / "kube-cluster")


class Cluster:
    """A namespace of its own on a real cluster; it is gone at the end, the cluster stays up."""

    def __init__(self, namespace):
        self.namespace = namespace
        self.kubeconfig = say([TOOLS + "/up", "--services"]).strip()
        self.kubectl = str(STATE / "bin/kubectl")

    def __enter__(self):
        self("delete", "namespace", self.namespace, "--ignore-not-found")
        self("create", "namespace", self.namespace)
        return self

    def __exit__(self, *_):
        """Says nothing where that fails, or it would hide why the check did."""
        words = [self.kubectl, "--kubeconfig", self.kubeconfig, "delete", "namespace", self.namespace, "--wait=false"]
        subprocess.run(words, capture_output=True, timeout=180, check=False)

    def __call__(self, *words, text=None, timeout=180):
        words = [self.kubectl, "--kubeconfig", self.kubeconfig, "-n", self.namespace, *words]
        return say(words, text, timeout)

    def get(self, *words):
        return json.loads(self("get", *words, "-o", "json"))

    def create(self, *objects):
        for one in objects:
            until(lambda one=one: self.created(one))

    def patch_status(self, path, patch):
        """Says of an object what only its controller would."""
        words = [self.kubectl, "--kubeconfig", self.kubeconfig, "proxy", "--port=0"]
        proxy = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        try:
            address = proxy.stdout.readline().split()[-1]
            headers = {"Content-Type": "application/merge-patch+json"}
            request = Request(f"http://{address}/{path}/status", json.dumps(patch).encode(), headers, method="PATCH")
            urlopen(request, timeout=30).close()
        finally:
            proxy.terminate()
            proxy.wait()

    def created(self, one):
        """an account to have its token, without which the API takes no Pod of its"""
        words = [self.kubectl, "--kubeconfig", self.kubeconfig, "-n", self.namespace, "create", "-f", "-"]
        done = subprocess.run(words, input=json.dumps(one), capture_output=True, text=True, timeout=180)
        if done.returncode != 0 and "retry after" not in done.stderr:
            sys.exit(f"FAILED: {' '.join(words)}\n{done.stdout}{done.stderr}")
        return done.returncode == 0

    def image(self, name, packages):
        """Makes `localhost/NAME` of Debian packages, once."""
        known = say(["ctr", "-a", str(STATE / "run/containerd.sock"), "-n", "k8s.io", "images", "ls", "-q"])
        if f"localhost/{name}" not in known.split():
            say([TOOLS + "/image", "--state", str(STATE), name, "--packages", packages, "--", "python3"], timeout=600)

    def ready(self, pod, seconds=90):
        self("wait", "--for=condition=Ready", "pod/" + pod, f"--timeout={seconds}s")

    def typed(self, pod, container, script, status=0):
        """What a shell in a container prints: standard output, then standard error."""
        words = ["exec", pod, "-c", container, "--", "bash", "-c", script]
        done = subprocess.run(
            [self.kubectl, "--kubeconfig", self.kubeconfig, "-n", self.namespace, *words],
            capture_output=True,
            text=True,
            timeout=300,
        )
        said = done.stdout + done.stderr
        if done.returncode != status:
            sys.exit(f"FAILED: {script}\n  exit status {done.returncode}, not {status}; it said:\n{said}")
        return said


def needed():
    """Ends the check where there is no cluster to be had."""
    if not TOOLS:
        print("skipped: FERRY_TEST_CLUSTER names no cluster")
        sys.exit(0)
    if os.geteuid() != 0:
        print("skipped: starting the cluster needs root")
        sys.exit(0)


def say(words, text=None, timeout=180):
    done = subprocess.run(words, input=text, capture_output=True, text=True, timeout=timeout)
    if done.returncode != 0:
        sys.exit(f"FAILED: {' '.join(words[:12])}: exit status {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def until(what, seconds=60):
    """Asks again and again until there is an answer that is true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = what()
        if answer:
            return answer
        time.sleep(0.5)
    sys.exit(f"FAILED: waited {seconds} s in vain for {what.__doc__ or what}")
