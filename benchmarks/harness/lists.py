"""How long lists and one run take in a server that has 100,000 runs."""

import http.client
import json
import os
import sqlite3
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

from . import peers, report

RUNS = 100_000
COPIED = {"plans", "run_events", "step_runs", "attempts"}
STATUS = "CASE WHEN c.number % 10 = 0 THEN 'failed' ELSE t.status END"


def copied(home, seed, count):
    """Copies what the database has of one run that really ran, under other names and at other times."""
    database = sqlite3.connect(home / "ferry.db")
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    database.execute("CREATE TEMPORARY TABLE copies (number INTEGER PRIMARY KEY, id TEXT)")
    database.executemany(
        "INSERT INTO copies VALUES (?, ?)", ((n, f"{seed[:-5]}{n:05d}") for n in range(count))
    )
    for table in tables:
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
        key = "id" if table == "runs" else "run" if "run" in columns and table in COPIED else None
        if key is None:
            continue
        values = {key: "c.id", "submitted": "t.submitted - c.number * 60000", "status": STATUS}
        row = ", ".join(values.get(column, f"t.{column}") for column in columns)
        database.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {row} FROM {table} t, copies c WHERE t.{key} = ?",
            (seed,),
        )
    database.commit()
    database.close()


def milliseconds(connection, path, token, rounds):
    times = []
    for number in range(rounds + 5):
        started = time.perf_counter()
        connection.request("GET", "/api/v1" + path, headers={"Authorization": "Bearer " + token})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {body[:200]!r}")
        if number >= 5:
            times.append((time.perf_counter() - started) * 1000)
    return times


def row(name, times):
    return (name, statistics.median(times), min(times), max(times), "")


def table(about, options):
    with tempfile.TemporaryDirectory(prefix="ferry-benchmark-") as directory:
        home = Path(directory) / "home"
        environment = {**os.environ, "FERRY_HOME": str(home)}
        ferry = [peers.ROOT / "ferry"]

        def run(*words):
            done = subprocess.run([*ferry, *words], cwd=directory, env=environment, check=True, capture_output=True)
            return done.stdout.decode().strip()

        seed = run("run", "--detach", "true >> [true, true] >> true")
        subprocess.run([*ferry, "logs", "-f", seed], env=environment, check=True, capture_output=True)
        run("server", "stop")
        copied(home, seed, RUNS)
        started = time.monotonic()
        run("runs")
        start = (time.monotonic() - started) * 1000
        server = json.loads((home / "server.json").read_text())
        connection = http.client.HTTPConnection(urlsplit(server["url"]).netloc)
        rounds = 20 if options.quick else 100
        some = f"{seed[:-5]}{RUNS // 2:05d}"
        cases = {
            "first page of 50": "/runs?limit=50",
            "a page from the middle": f"/runs?limit=50&after={some}",
            "failed ones": "/runs?limit=50&state=failed",
            "failed ones of a workflow": f"/runs?limit=50&state=failed&workflow={seed[:-6]}",
            "those under way (none)": "/runs?limit=50&state=active",
            "a workflow that is not there": "/runs?limit=50&workflow=nobody",
            "one run": f"/runs/{some}",
            "one run by the beginning of its id": f"/runs/{seed[:-1]}",
            "the latest run": "/runs/latest",
        }
        rows = [row(name, milliseconds(connection, path, server["token"], rounds)) for name, path in cases.items()]
        rows.append(("the first command, server start and all", start, start, start, ""))
        run("server", "stop")
    return report.Table(
        "100,000 runs",
        about,
        rows,
        unit="ms",
        targets="Target: at most 50 ms, at the client of a connection that stays open.",
    )
