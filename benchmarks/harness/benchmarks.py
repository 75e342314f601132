"""What is measured."""

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from . import graphs, lists, peers, report, resident
from .measure import Subject, in_turns


@dataclass
class Benchmark:
    about: str
    measure: object
    targets: str

    def run(self, options):
        with tempfile.TemporaryDirectory(prefix="ferry-benchmark-") as directory:
            title, subjects = self.measure(directory, options)
            rounds = min(options.rounds, 2) if options.quick else options.rounds
            return report.of(title, self.about, in_turns(subjects, rounds), self.targets)


def independent(directory, options):
    return "1,000 independent steps", peers.subjects(
        graphs.independent(1000), directory, options, lambda factor: graphs.independent(1000 // factor)
    )


def chain(directory, options):
    return "A chain of 200 steps", peers.subjects(
        graphs.chain(200), directory, options, lambda _: None
    )


def layers(directory, options):
    return "10 layers of 100 steps", peers.subjects(
        graphs.layers(10, 100, 3), directory, options, lambda _: None
    )


def hello(directory, options):
    return "Two steps, `hello >> world`", peers.hello(directory, options)


def commands(directory, options):
    home = {"FERRY_HOME": str(peers.HOME / "ferry-home")}
    program = peers.ROOT / "ferry"
    cold = {"FERRY_HOME": str(Path(directory) / "cold")}

    def stopped():
        subprocess.run([program, "server", "stop"], env={**os.environ, **cold}, capture_output=True, check=False)

    def removed():
        stopped()
        shutil.rmtree(cold["FERRY_HOME"], ignore_errors=True)

    return "Commands", [
        Subject("ferry runs, warm server", [program, "runs"], directory, home, stopped),
        Subject("ferry run true, warm server", [program, "run", "true"], directory, home, stopped),
        Subject("ferry runs, first command ever (makes its home)", [program, "runs"], directory, cold, removed),
        Subject("ferry runs, first command of the day (server start)", [program, "runs"], directory, cold, stopped),
    ]


class Resident:
    about = "Memory and processor time of the server's process, from the kernel's own counts, and whole commands' time per step."

    def run(self, options):
        return resident.table(self.about, options)


class Lists:
    about = "One answer of a server that has 100,000 runs of four steps, over HTTP."

    def run(self, options):
        return lists.table(self.about, options)


BENCHMARKS = {
    "independent": Benchmark(
        "1,000 independent no-op steps, two at a time, whole command, durable log and all.",
        independent,
        "Targets: 3 × make, 1.5 × ninja, faster than doit, a quarter of Luigi, a tenth of the rest; the aim is 1.5 × make.",
    ),
    "chain": Benchmark("200 no-op steps, one after the other.", chain, "Targets as above."),
    "layers": Benchmark("10 layers of 100 no-op steps with three predecessors each.", layers, "Targets as above."),
    "hello": Benchmark("Two steps in a row, the whole command, Ferry's server warm.", hello, "Target: at most 0.150 s."),
    "commands": Benchmark(
        "Whole processes, from the shell's point of view.",
        commands,
        "Targets: `runs` 0.100 s, `run true` 0.150 s, first command of the day 0.700 s.",
    ),
    "resident": Resident(),
    "lists": Lists(),
}
