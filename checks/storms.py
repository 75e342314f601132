"""What the storms over a real cluster share: a Ferry whose server talks to the API through a faulty proxy, as an account
that has the Role of `docs/platform.md` and nothing else, and what befalls it there."""

import base64
import fcntl
import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from cluster import STATE, TOOLS, Cluster, say
from faultyproxy import FaultyProxy

FERRY = os.environ["FERRY"]
SCRATCH = Path(os.environ["SCRATCH"])
HOME = SCRATCH / "home"
PAGE = Path(os.environ["CHECKOUT"]) / "docs/platform.md"
ACCOUNT = "notebook"  # as the page calls it
SEED = int(os.environ.get("STORM_SEED", random.randrange(1 << 30)))
CHANCE = random.Random(SEED)
LINES = 40
WHOLE = [f"line {i}" for i in range(1, LINES + 1)]


class Storm:
    """A namespace, the proxy before its API, and a home whose runs go there."""

    def __init__(self, backend):
        self.backend = backend
        self.environment = {**os.environ, "FERRY_HOME": str(HOME), "NO_COLOR": "1"}
        self.on = Cluster(f"ferry-storm-{backend}")
        self.proxy = FaultyProxy("127.0.0.1", 6443, CHANCE.randrange(1 << 30))
        self.kills = 0
        self.began = time.monotonic()

    def __enter__(self):
        print(f"seed {SEED}", flush=True)
        HOME.mkdir(parents=True, exist_ok=True)
        self.on.__enter__()
        self.proxy.__enter__()
        (SCRATCH / "kubeconfig").write_text(json.dumps({
            "apiVersion": "v1", "kind": "Config", "current-context": "storm",
            "clusters": [{"name": "storm", "cluster": {"server": f"http://127.0.0.1:{self.proxy.port}"}}],
            "users": [{"name": "storm", "user": {"token": self.account()}}],
            "contexts": [{"name": "storm", "context": {"cluster": "storm", "user": "storm", "namespace": self.on.namespace}}],
        }))
        (HOME / "config").write_text(
            f"backend = {self.backend}\nimage = localhost/busybox:1\nkubeconfig = {SCRATCH}/kubeconfig\n")
        return self

    def __exit__(self, failed, *_):
        if failed:
            kill_server()
        else:
            self.ferry("server", "stop")
        self.proxy.__exit__()
        self.on.__exit__()

    def account(self):
        """Makes the account, and gives back its token, which the proxy can pass on."""
        self.on("create", "serviceaccount", ACCOUNT)
        self.on("create", "-f", "-", text=role(self.on.namespace, self.backend == "argo"))
        self.on.create({"apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/service-account-token",
                        "metadata": {"name": "storm", "annotations": {"kubernetes.io/service-account.name": ACCOUNT}}})

        def token():
            """the account to have a token"""
            return (self.on.get("secret", "storm").get("data") or {}).get("token")

        return base64.b64decode(self.until(token)).decode()

    def fail(self, words):
        print(f"seed {SEED}; {self.kills} servers killed; {self.proxy.told()}")
        log = HOME / "server.log"
        if log.exists():
            rows = [row for row in log.read_text().split("\n") if row and not row.startswith(("\t", "java.lang."))]
            print("\n".join(row[:300] for row in rows[-40:]))
        sys.exit("FAILED: " + words)

    def say(self, words):
        """What was withstood by now."""
        print(f"{time.monotonic() - self.began:4.0f} s  {words}", flush=True)

    def until(self, what, seconds=60, pause=0.5):
        """Asks again and again until there is an answer that is true."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if answer := what():
                return answer
            time.sleep(pause)
        self.fail(f"waited {seconds} s in vain for {what.__doc__}")

    def ferry(self, *words):
        """As a person would, again where the server was just killed or the cluster did not answer."""
        for _ in range(10):
            done = subprocess.run(
                [FERRY, *words], cwd=SCRATCH, env=self.environment, capture_output=True, text=True, timeout=120)
            if done.returncode == 0:
                return done.stdout
            time.sleep(0.5)
        self.fail(f"ferry {' '.join(words)} ended with {done.returncode}: {done.stdout}{done.stderr}")

    def submit(self, key, file="ferry.yaml"):
        return self.ferry("run", "-f", file, "--detach", "--name", f"storm{key}").strip()

    def show(self, run):
        return json.loads(self.ferry("show", run, "-o", "json"))

    def succeeded(self, run, seconds=240):
        """What is shown of a run at its end, which must be a good one."""

        def ended():
            seen = self.show(run)
            return seen if seen["state"] not in ("waiting", "running") else None

        ended.__doc__ = f"{run} to end"
        seen = self.until(ended, seconds)
        if seen["state"] != "succeeded":
            self.fail(f"{run} {seen['state']}: {json.dumps(seen)}")
        return seen

    def once(self, run, step):
        """That a step had one attempt, and each line that it wrote is in its log once."""
        if len(step["attempts"]) != 1:
            self.fail(f"{step['name']} of {run} has {len(step['attempts'])} attempts: {json.dumps(step)}")
        if lines(run, step) != WHOLE:
            self.fail(f"the log of {step['name']} of {run} has other lines than were written:\n{log(run, step)}")

    def kill_server(self):
        self.kills += kill_server()

    def of_servers(self, rounds, kills, pause, check):
        """Two more runs in each round, while the server is killed at random moments."""
        runs = []
        for _ in range(rounds):
            runs += [self.submit(len(runs)), self.submit(len(runs) + 1)]
            for _ in range(kills):
                time.sleep(CHANCE.uniform(0.2, pause))
                self.kill_server()
                self.show(runs[0])
        for run in runs:
            check(self, run)
        self.say(f"{self.kills} servers killed")

    def delete_pod(self, run, step, seconds=0):
        """Deletes the Pod of a step by force, when the step has run for so long."""

        def running():
            for pod in self.on.get("pods", "-l", f"ferry.dev/run={run}")["items"]:
                if of_step(pod, step) and age(pod) >= seconds:
                    return pod["metadata"]["name"]
            return None

        running.__doc__ = f"a Pod of {step} of {run} to run"
        self.on("delete", "pod", self.until(running, pause=0.1), "--force", "--grace-period=0")

    def without_api_server(self, check, file="ferry.yaml"):
        """A run while the API server is stopped and started, under the lock that all share who use this cluster."""
        run = self.submit("api", file)
        time.sleep(2)
        with open(STATE.parent / "cluster.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            end(int((STATE / "run/kube-apiserver.pid").read_text().split()[0]))
            time.sleep(6)
            say([TOOLS + "/up", "--services"])
        check(self, run)
        self.say("the API server stopped and started")

    def nothing_forbidden(self):
        """That the Role was enough; and what the network did."""
        self.say(self.proxy.told())
        said = [line for line in (HOME / "server.log").read_text().split("\n") if " may not " in line]
        if said:
            self.fail("the account's Role is not enough:\n" + "\n".join(said))


def role(namespace, argo):
    """The Role of the platform engineer's page, and its binding; what is for Argo alone only where that is used."""
    start = "   apiVersion: rbac.authorization.k8s.io/v1\n   kind: Role\n"
    text = start + PAGE.read_text().split(start, 1)[1].split("\n   ```", 1)[0]
    rows = [row[3:] for row in text.split("\n") if argo or "argoproj.io" not in row]
    return "\n".join(rows).replace("namespace: jupyter", f"namespace: {namespace}")


def of_step(pod, step):
    """Whether it is a step's Pod, by our label, or by Argo's name of its node."""
    about = pod["metadata"]
    node = about.get("annotations", {}).get("workflows.argoproj.io/node-name", "")
    return about["labels"].get("ferry.dev/step") == step or node.split(".")[-1].split("(")[0] == step


def age(pod):
    """For how many seconds a Pod's step has run, or -1."""
    started = [one["state"].get("running", {}).get("startedAt") for one in pod["status"].get("containerStatuses", [])
               if one["name"] in ("main", "step")]
    if not any(started):
        return -1
    return (datetime.now(UTC) - datetime.fromisoformat(started[0].replace("Z", "+00:00"))).total_seconds()


def log(run, step, attempt=1):
    file = HOME / "runs" / run / step["name"] / str(attempt) / "log"
    return file.read_text() if file.exists() else ""


def lines(run, step, attempt=1):
    """What the step itself wrote."""
    return [line for line in log(run, step, attempt).split("\n") if line.startswith("line ")]


def kill_server():
    """How many were killed."""
    try:
        os.kill(json.loads((HOME / "server.json").read_text())["pid"], signal.SIGKILL)
        return 1
    except (OSError, ValueError, KeyError):
        return 0


def end(pid):
    """It takes its time where it is watched; a power cut would not wait either."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        os.kill(pid, number)
        for _ in range(50):
            if not Path(f"/proc/{pid}").exists():
                return
            time.sleep(0.1)
