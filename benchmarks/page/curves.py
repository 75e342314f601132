"""Logs 10,000 points of a metric for each of 100 runs of a home whose server runs, and prints their ids.

    python3 curves.py HOME
"""

import json
import math
import random
import sys
import urllib.request

server = json.load(open(f"{sys.argv[1]}/server.json"))
chance = random.Random(2)


def call(path, body=None):
    headers = {"Authorization": "Bearer " + server["token"], "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(server["url"] + path, data, headers)) as answer:
        return json.load(answer)


runs = [run["id"] for run in call("/api/v1/runs?limit=100")["runs"]]
for run in runs:
    speed, noise = chance.uniform(500, 4000), chance.uniform(0.01, 0.08)
    for first in range(0, 10_000, 1000):
        points = [
            {
                "key": "loss",
                "value": 2 * math.exp(-step / speed) + chance.gauss(0, noise),
                "timestamp": 1_760_000_000_000 + step * 1000,
                "step": step,
            }
            for step in range(first, first + 1000)
        ]
        call("/api/2.0/mlflow/runs/log-batch", {"run_id": run, "metrics": points})
print(",".join(runs))
