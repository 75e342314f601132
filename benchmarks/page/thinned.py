"""Logs a million points of a metric to one run, and measures its history thinned for a chart.

    python3 thinned.py HOME
"""

import json
import math
import sys
import time
import urllib.request

server = json.load(open(f"{sys.argv[1]}/server.json"))


def call(path, body=None):
    headers = {"Authorization": "Bearer " + server["token"], "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(server["url"] + path, data, headers)) as answer:
        return answer.read()


run = json.loads(call("/api/v1/runs?limit=1"))["runs"][0]["id"]
for first in range(0, 1_000_000, 1000):
    points = [
        {"key": "long", "value": math.sin(step / 5000), "timestamp": 1_760_000_000_000 + step, "step": step}
        for step in range(first, first + 1000)
    ]
    call("/api/2.0/mlflow/runs/log-batch", {"run_id": run, "metrics": points})
times = []
for _ in range(12):
    began = time.perf_counter()
    answer = call(f"/api/v1/metrics?key=long&runs={run}&points=2000")
    times.append((time.perf_counter() - began) * 1000)
times.sort()
print(json.dumps({"points": 1_000_000, "bytes": len(answer), "median": times[6], "least": times[0], "most": times[-1]}))
