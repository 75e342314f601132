"""A storm of metrics, parameters and files, from clients that remember what was acknowledged."""

import hashlib
import http.client
import json
import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

FERRY = os.environ["FERRY"]
SCRATCH = Path(os.environ["SCRATCH"])
PATIENCE_SECONDS = 60


class Place:
    """A home, and the database that its runs are in: its own, or one elsewhere."""

    def __init__(self, name, database=None):
        self.name = name
        self.home = SCRATCH / name
        self.work = SCRATCH / "work"
        self.work.mkdir(exist_ok=True)
        self.environment = {**os.environ, "FERRY_HOME": str(self.home)}
        if database:
            self.environment["FERRY_DATABASE"] = database

    def ferry(self, *words):
        return subprocess.run(
            [FERRY, *words], cwd=self.work, env=self.environment, capture_output=True, text=True, timeout=300, check=False
        )

    def surely(self, *words):
        done = self.ferry(*words)
        if done.returncode != 0:
            sys.exit(f"broken: {' '.join(words)} on {self.name} ends with {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def server(self):
        try:
            return json.loads((self.home / "server.json").read_text())
        except (OSError, ValueError):
            return None


class Client:
    """Speaks to whichever server there is; an answer other than 200 is no promise."""

    def __init__(self, place):
        self.place = place
        self.line = None
        self.token = ""

    def ask(self, method, path, body=None):
        try:
            if self.line is None:
                there = self.place.server()
                if there is None:
                    return None
                self.token = there["token"]
                self.line = http.client.HTTPConnection("127.0.0.1", int(there["url"].rsplit(":", 1)[1]), timeout=20)
            data = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else None
            headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
            self.line.request(method, "/api/2.0" + path, data, headers)
            answer = self.line.getresponse()
            content = answer.read()
            if answer.status == 401:  # the next server is there, and has not yet said so
                self.line = None
            return answer.status, content
        except (OSError, http.client.HTTPException):
            self.line = None
            return None

    def surely(self, method, path, body=None):
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            answer = self.ask(method, path, body)
            if answer and answer[0] == 200:
                return answer[1]
            time.sleep(0.05)
        sys.exit(f"broken: {method} {path} is not answered within {PATIENCE_SECONDS} s: {answer}")


class Writer(threading.Thread):
    """One client of one run; remembers what was acknowledged."""

    def __init__(self, place, number, seed, stop):
        super().__init__(daemon=True)
        self.chance = random.Random(seed * 100 + number)
        self.stop = stop
        self.client = Client(place)
        made = self.client.surely("POST", "/mlflow/runs/create", {"experiment_id": "0", "run_name": f"writer {number}"})
        self.run_id = json.loads(made)["run"]["info"]["run_id"]
        self.points, self.params, self.files, self.sent, self.count = {}, {}, {}, 0, 0
        self.faults = []

    def run(self):
        while not self.stop.is_set():
            self.count += 1
            choice = self.chance.random()
            if choice < 0.6:
                self.batch(self.chance.choice([1, 1, 10, 200]))
            elif choice < 0.8:
                self.param()
            else:
                self.file()
            if self.client.line is None:
                time.sleep(0.02)

    def acknowledged(self, method, path, body):
        """Whether it was answered with 200; a third is sent again at once, as a client's retry is."""
        self.sent += 1
        answer = self.client.ask(method, path, body)
        if answer and answer[0] == 200 and self.chance.random() < 0.3:
            self.client.ask(method, path, body)
        if answer and answer[0] not in (200, 401, 503):
            self.faults.append(f"{path} is answered with {answer}")
            self.stop.set()
        return bool(answer and answer[0] == 200)

    def batch(self, size):
        key = self.chance.choice(["loss", "accuracy"])
        start = self.count * 1000
        points = [{"key": key, "value": self.chance.random(), "timestamp": start + i, "step": start + i} for i in range(size)]
        if self.acknowledged("POST", "/mlflow/runs/log-batch", {"run_id": self.run_id, "metrics": points}):
            for point in points:
                self.points[key, point["step"]] = point["value"]

    def param(self):
        key, value = f"p{self.count}", str(self.chance.random())
        if self.acknowledged("POST", "/mlflow/runs/log-parameter", {"run_id": self.run_id, "key": key, "value": value}):
            self.params[key] = value

    def file(self):
        content = self.chance.randbytes(self.chance.choice([10, 5000, 300_000]))
        name = f"0/{self.run_id}/artifacts/d{self.count % 7}/f{self.count}"
        if self.acknowledged("PUT", f"/mlflow-artifacts/artifacts/{name}", content):
            self.files[name] = hashlib.sha256(content).hexdigest()

    def now(self):
        """What is acknowledged at this moment."""
        return Acknowledged(self.run_id, self.points.copy(), self.params.copy(), self.files.copy())


class Acknowledged:
    """What one client was promised."""

    def __init__(self, run_id, points, params, files):
        self.run_id, self.points, self.params, self.files = run_id, points, params, files

    def size(self):
        return len(self.points), len(self.params), len(self.files)

    def missing(self, client):
        """What of it is not there, or not once."""
        faults = []
        for key in ["loss", "accuracy"]:
            answer = client.surely("GET", f"/mlflow/metrics/get-history?run_id={self.run_id}&metric_key={key}")
            history = [(point["step"], point["value"]) for point in json.loads(answer).get("metrics", [])]
            if len(history) != len(set(history)):
                faults.append(f"{len(history) - len(set(history))} points of {key} are there twice")
            there = dict(history)
            lost = [step for (name, step), value in self.points.items() if name == key and there.get(step) != value]
            if lost:
                faults.append(f"{len(lost)} acknowledged points of {key} are lost")
        run = json.loads(client.surely("GET", f"/mlflow/runs/get?run_id={self.run_id}"))["run"]
        params = {param["key"]: param["value"] for param in run["data"]["params"]}
        lost = [key for key, value in self.params.items() if params.get(key) != value]
        if lost:
            faults.append(f"{len(lost)} acknowledged parameters are lost")
        for name, digest in self.files.items():
            content = client.surely("GET", f"/mlflow-artifacts/artifacts/{name}")
            if hashlib.sha256(content).hexdigest() != digest:
                faults.append(f"the file {name} is not what was sent")
        return faults


def total(acknowledged):
    return [sum(parts) for parts in zip(*[one.size() for one in acknowledged])]
