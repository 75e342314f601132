"""Fills a home's database, whose server does not run, with 100,000 ended runs that have parameters and metrics.

    python3 seed.py HOME [RUNS]
"""

import random
import sqlite3
import sys
import time

home, runs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
chance = random.Random(1)
now = int(time.time() * 1000)
workflows = ["digits", "churn", "forecast", "segment-images", "speech"]
states = ["succeeded"] * 8 + ["failed", "stopped"]
database = sqlite3.connect(f"{home}/ferry.db")
group = 1000
database.execute(
    "INSERT INTO run_groups VALUES (?, 'seeded', 'mlflow-artifacts:/1000', ?, ?, 0)", (group, now, now)
)

rows, tracked, params, series = [], [], [], []
for no in range(1, runs + 1):
    workflow = chance.choice(workflows)
    run = f"{workflow}-{no:06d}"
    at = now - (runs - no) * 60_000
    ended = at + chance.randrange(500, 4_000_000)
    state = chance.choice(states)
    command = f"python prepare.py >> python train.py --lr {chance.uniform(1e-4, 1e-1):.5f} >> python evaluate.py"
    rows.append((run, workflow, "local", state, at, ended, "ada", command, 3, 3 if state == "succeeded" else 1))
    tracked.append((10_000 + no, run, group, run, "ada", state, at, ended, 0, None, run))
    params.append((10_000 + no, "lr", f"{chance.uniform(1e-4, 1e-1):.5f}"))
    accuracy = chance.uniform(0.5, 0.99)
    series.append((10_000 + no, 10_000 + no, "accuracy", accuracy, 0, 1, at, at, 1, 1, 0, 0))

with database:
    database.executemany(
        "INSERT INTO runs (id, workflow, backend, status, submitted, ended, submitter, command, steps, done)"
        " VALUES (?,?,?,?,?,?,?,?,?,?)",
        rows,
    )
    database.executemany("INSERT INTO tracked_runs VALUES (?,?,?,?,?,?,?,?,?,?,?)", tracked)
    database.executemany("INSERT INTO run_params VALUES (?,?,?)", params)
    database.executemany(
        "INSERT INTO metric_series (no, run, name, value, nan, step, at, last_at, last_step, points, next_piece, loose)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        series,
    )
print(f"{runs} runs")
