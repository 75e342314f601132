"""What trials cost besides their work: whole searches over commands that end at once, beside Optuna on SQLite that starts the same commands."""

import json
import os
import resource
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from harness import peers
from harness.resident import memory

SIDE = Path(__file__).resolve().parent / "optuna_side.py"
TICKS = os.sysconf("SC_CLK_TCK")


def processes(server):
    """The server and whatever it started that still lives."""
    found = [server]
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rsplit(")", 1)[1].split()[1]) == server:
                found.append(int(stat.parent.name))
        except OSError:
            pass  # it has ended meanwhile
    return found


def spent(server):
    """Processor seconds of the server, its launcher and all steps that have ended."""
    fields = [Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split() for pid in processes(server)]
    return sum(int(tick) for own in fields for tick in own[11:15]) / TICKS


def waited():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Ferry:
    """Searches on one server that stays, as a user has it; a fresh one where `cold`."""

    def __init__(self, name, command, code, cold=False):
        self.name, self.command, self.code, self.cold = name, command, code, cold
        self.directory = tempfile.TemporaryDirectory(prefix="ferry-benchmark-")
        self.place = Path(self.directory.name) / "place"
        self.place.mkdir()
        self.home = Path(self.directory.name) / "home"
        self.environment = {**os.environ, "FERRY_HOME": str(self.home), "FERRY_AOT": "wait"}

    def ferry(self, *arguments):
        return subprocess.run([peers.ROOT / "ferry", *arguments], cwd=self.place, env=self.environment, capture_output=True, text=True)

    def once(self, trials):
        if self.cold:
            self.ferry("server", "stop")
        self.ferry("runs")
        server = json.loads((self.home / "server.json").read_text())["pid"]
        before, began = spent(server) + waited(), time.monotonic()
        options = ["--param", "x=0.0..1", "--method", "random", "--metric", "loss", "--minimize", "--parallel", "2"]
        done = self.ferry("search", self.command, *options, "--trials", str(trials))
        seconds = time.monotonic() - began
        if done.returncode != self.code:
            raise RuntimeError(done.stdout[-500:] + done.stderr[-500:])
        return seconds, spent(server) + waited() - before, memory(server)

    def close(self):
        self.ferry("server", "stop")
        self.directory.cleanup()


class Optuna:
    """A study in a SQLite file whose objective starts the same command."""

    def __init__(self, name, sampler):
        self.name, self.sampler = name, sampler
        self.python = peers.python_environment("optuna") / "python"

    def once(self, trials):
        with tempfile.TemporaryDirectory() as directory:
            before, began = waited(), time.monotonic()
            subprocess.run([self.python, SIDE, "overhead", self.sampler, str(trials), f"{directory}/study.db"], check=True)
            return time.monotonic() - began, waited() - before, 0.0

    def close(self):
        pass


def table(trials, rounds, slow):
    subjects = [
        Ferry("ferry, `true`", "true {x}", 1),
        Ferry("ferry, `true`, the server just started", "true {x}", 1, cold=True),
        Ferry("ferry, `echo loss={x}`", "echo loss={x}", 0),
        Optuna("Optuna on SQLite, random, `true`", "optuna-random"),
        *([Optuna("Optuna on SQLite, TPE, `true`", "optuna-tpe")] if slow else []),
    ]
    results = {subject.name: [] for subject in subjects}
    for round_ in range(rounds + 1):
        for subject in subjects:
            result = subject.once(trials)
            if round_:
                results[subject.name].append(result)
    for subject in subjects:
        subject.close()
    own = statistics.median(seconds for seconds, _, _ in results[subjects[0].name])
    print(f"{trials:,} trials, two at a time, {rounds} rounds after one that is not counted; load {os.getloadavg()[0]:.0f} at the end.\n")
    print("| | median (s) | least | most | ferry / it | processor time (s) | server (MiB) |\n|---|---:|---:|---:|---:|---:|---:|")
    for name, all_ in results.items():
        times = [seconds for seconds, _, _ in all_]
        median, processor, size = statistics.median(times), statistics.median(used for _, used, _ in all_), max(held for _, _, held in all_)
        held = f"{size:.0f}" if size else ""
        print(f"| {name} | {median:.1f} | {min(times):.1f} | {max(times):.1f} | {own / median:.2f} | {processor:.1f} | {held} |")
