"""JupyterFlow, which works in a notebook's Pod alone: it finds here what it would find there."""

import base64
import os
import shlex
import subprocess
import time
from pathlib import Path

ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount"


class JupyterFlow:
    """Its program, with the account of a Pod put where it looks for it, in a mount namespace of its own."""

    def __init__(self, api, directory, programs):
        self.programs = programs
        self.account = Path(directory, "account")
        self.account.mkdir()
        path = f"/api/v1/namespaces/{api.namespace}"
        secret = self.secret(api, path)
        for name in ("token", "ca.crt", "namespace"):
            (self.account / name).write_bytes(base64.b64decode(secret[name]))
        account = {"kind": "ServiceAccount", "name": "default", "namespace": api.namespace}
        binding = {
            "metadata": {"name": "notebook"},
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
            "subjects": [account],
        }
        api.ask("POST", f"/apis/rbac.authorization.k8s.io/v1/namespaces/{api.namespace}/rolebindings", binding)
        self.api = api
        host, port = api.netloc.split(":")
        self.environment = {
            **os.environ,
            "KUBERNETES_SERVICE_HOST": host,
            "KUBERNETES_SERVICE_PORT": port,
            "HOSTNAME": "notebook",
            "NB_USER": "root",
            "HOME": str(directory),
        }

    @staticmethod
    def secret(api, path):
        """Its token, which a cluster of that age makes by itself, a moment after the namespace."""
        while True:
            for one in api.ask("GET", path + "/secrets")["items"]:
                if one["metadata"]["name"].startswith("default-token"):
                    return one["data"]
            time.sleep(0.2)

    def prepare(self):
        """The Pod that it takes for its own."""
        path = f"/api/v1/namespaces/{self.api.namespace}/pods"
        if "notebook" not in [pod["metadata"]["name"] for pod in self.api.ask("GET", path)["items"]]:
            self.api.pod("notebook", "sleep 3600")

    def dry_run(self):
        command = shlex.join([str(self.programs / "jupyterflow"), "run", "--dry-run", "-c", "true >> true"])
        mount = f"mkdir -p {ACCOUNT} && mount --bind {shlex.quote(str(self.account))} {ACCOUNT}"
        words = ["unshare", "-m", "sh", "-c", f"mount -t tmpfs none /var/run && {mount} && exec {command}"]
        done = subprocess.run(words, env=self.environment, capture_output=True, text=True)
        if done.returncode != 0 or "kind: Workflow" not in done.stdout:
            raise RuntimeError(f"jupyterflow: {done.stdout[-300:]}{done.stderr[-600:]}")
