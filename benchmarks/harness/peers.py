"""Ferry's peers: how each is installed, how a graph of no-op steps is written for it, and how it is run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from .graphs import chain
from .measure import Subject

HOME = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "ferry-benchmarks"
ROOT = Path(__file__).resolve().parent.parent.parent


class Missing(Exception):
    """A peer that cannot be had on this machine; says why."""


def tool(name):
    found = shutil.which(name)
    if not found:
        raise Missing(f"no `{name}` on this machine")
    return found


# Prefect 3 does not start with the FastAPI that its own requirements allow today; Optuna's samplers need more than it asks for.
PINS = {"prefect": ["fastapi<0.116"], "optuna": ["cmaes", "scipy"]}


def python_environment(package):
    """The bin directory of a virtual environment with the newest release of the package, made once."""
    directory = HOME / package
    if not (directory / "complete").exists():
        shutil.rmtree(directory, ignore_errors=True)
        print(f"installing {package} …", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", directory], check=True)
        done = subprocess.run([directory / "bin/pip", "install", "-q", package, *PINS.get(package, [])], capture_output=True, text=True)
        if done.returncode:
            raise Missing(done.stderr.strip()[-300:])
        (directory / "complete").touch()
    return directory / "bin"


def write(directory, name, text):
    path = Path(directory) / name
    path.write_text(text)
    return path


def make(steps, directory):
    rules = [f".PHONY: all {' '.join(name for name, _ in steps)}", f"all: {' '.join(name for name, _ in steps)}"]
    rules += [f"{name}: {' '.join(after)}\n\t@true" for name, after in steps]
    write(directory, "Makefile", "\n".join(rules) + "\n")
    return Subject("make -j2", [tool("make"), "-j2", "-s"], directory)


def ninja(steps, directory):
    rules = ["rule run\n  command = true"]
    rules += [f"build {name}: run {' '.join(after)}" for name, after in steps]
    write(directory, "build.ninja", "\n".join(rules) + "\n")
    return Subject("ninja", [tool("ninja"), "-j2", "--quiet"], directory)


def doit(steps, directory):
    lines = ["DOIT_CONFIG = {'verbosity': 0}", "STEPS = " + repr(steps), "def task_all():", "    for name, after in STEPS:"]
    lines += ["        yield {'name': name, 'actions': ['true'], 'task_dep': ['all:' + other for other in after]}"]
    write(directory, "dodo.py", "\n".join(lines) + "\n")
    return Subject("doit", [python_environment("doit") / "doit", "-n", "2", "-P", "thread"], directory)


LUIGI = '''
import subprocess, luigi
STEPS = dict({steps!r})
DONE = set()
class One(luigi.Task):
    name = luigi.Parameter()
    def requires(self): return [One(name=other) for other in STEPS[self.name]]
    def output(self): return luigi.LocalTarget("done/" + self.name)
    def run(self):
        subprocess.run(["true"], check=True)
        self.output().open("w").close()
class All(luigi.WrapperTask):
    def requires(self): return [One(name=name) for name in STEPS]
'''


def fresh(directory, *names):
    def prepare():
        for name in names:
            shutil.rmtree(Path(directory) / name, ignore_errors=True)

    return prepare


def luigi(steps, directory):
    write(directory, "flow.py", LUIGI.format(steps=steps))
    command = [python_environment("luigi") / "luigi", "--module", "flow", "All", "--local-scheduler", "--workers", "2"]
    command += ["--log-level", "WARNING"]
    return Subject("Luigi", command, directory, {"PYTHONPATH": str(directory)}, fresh(directory, "done"))


def snakemake(steps, directory):
    rules = ["rule all:\n    input: " + ", ".join(f'"done/{name}"' for name, _ in steps)]
    for name, after in steps:
        needs = ", ".join(f'"done/{other}"' for other in after)
        rules.append(f'rule {name}:\n    input: {needs}\n    output: touch("done/{name}")\n    shell: "true"')
    write(directory, "Snakefile", "\n".join(rules) + "\n")
    command = [python_environment("snakemake") / "snakemake", "-j2", "--quiet", "all"]
    return Subject("Snakemake", command, directory, {"HOME": str(directory)}, fresh(directory, "done", ".snakemake"))


def metaflow(steps, directory):
    """Metaflow has no graph of its own shape: side by side is its foreach, in a row its linear steps."""
    in_a_row = any(after for _, after in steps)
    text = ["import subprocess", "from metaflow import FlowSpec, step", "class Bench(FlowSpec):"]
    if in_a_row:
        names = ["start"] + [name for name, _ in steps[1:-1]] + ["end"]
        for name, following in zip(names, names[1:] + [None]):
            after = f"self.next(self.{following})" if following else "pass"
            text += ["    @step", f"    def {name}(self):", "        subprocess.run(['true'])", f"        {after}"]
    else:
        text += ["    @step", "    def start(self):", f"        self.each = list(range({len(steps)}))"]
        text += ["        self.next(self.one, foreach='each')"]
        text += ["    @step", "    def one(self):", "        subprocess.run(['true'])", "        self.next(self.join)"]
        text += ["    @step", "    def join(self, inputs):", "        self.next(self.end)"]
        text += ["    @step", "    def end(self):", "        pass"]
    text += ["if __name__ == '__main__':", "    Bench()"]
    write(directory, "flow.py", "\n".join(text) + "\n")
    command = [python_environment("metaflow") / "python", "flow.py", "--quiet", "run", "--max-workers", "2"]
    command += ["--max-num-splits", "5000"]
    environment = {"HOME": str(directory), "USERNAME": "bench", "METAFLOW_USER": "bench"}
    return Subject("Metaflow", command, directory, environment, fresh(directory, ".metaflow"))


PREFECT = '''
import subprocess
from prefect import flow, task
from prefect.task_runners import ThreadPoolTaskRunner
STEPS = {steps!r}
@task
def one(): subprocess.run(["true"], check=True)
@flow(task_runner=ThreadPoolTaskRunner(max_workers=2))
def bench():
    futures = {{}}
    for name, after in STEPS:
        futures[name] = one.submit(wait_for=[futures[other] for other in after])
    for future in futures.values(): future.result()
bench()
'''


def prefect(steps, directory):
    write(directory, "flow.py", PREFECT.format(steps=steps))
    environment = {"HOME": str(directory), "PREFECT_LOGGING_LEVEL": "ERROR", "DO_NOT_TRACK": "1"}
    environment |= {"PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
    return Subject("Prefect", [python_environment("prefect") / "python", "flow.py"], directory, environment)


DAGSTER = '''
import subprocess
from dagster import In, Nothing, job, multiprocess_executor, op
STEPS = {steps!r}
def an_op(name, after):
    @op(name=name, ins={{"in_" + other: In(Nothing) for other in after}})
    def one(): subprocess.run(["true"], check=True)
    return one
@job(executor_def=multiprocess_executor.configured({{"max_concurrent": 2}}))
def bench():
    made = {{}}
    for name, after in STEPS:
        made[name] = an_op(name, after)(**{{"in_" + other: made[other] for other in after}})
'''


def dagster(steps, directory):
    write(directory, "flow.py", DAGSTER.format(steps=steps))
    command = [python_environment("dagster") / "dagster", "job", "execute", "-f", "flow.py", "-j", "bench"]
    return Subject("Dagster", command, directory, {"HOME": str(directory), "DAGSTER_DISABLE_TELEMETRY": "1"})


def nextflow(steps, directory):
    """Nextflow from Maven Central, its jars gathered by Maven; steps wait for each other through channels of values."""
    classes = nextflow_jars()
    text = []
    for name, after in steps:
        inputs = "input:\n  " + "\n  ".join(f"val x{i}" for i in range(len(after))) if after else ""
        text.append(f"process {name} {{\n  {inputs}\n  output:\n  val true\n  script:\n  'true'\n}}")
    text.append("workflow {")
    for name, after in steps:
        text.append(f"  {name}({', '.join(f'{other}.out' for other in after)})")
    text.append("}")
    write(directory, "main.nf", "\n".join(text) + "\n")
    write(directory, "nextflow.config", "executor.cpus = 2\nexecutor.queueSize = 2\nexecutor.pollInterval = '50ms'\n")
    command = [tool("java"), "-cp", classes, "nextflow.cli.Launcher", "-q", "run", "main.nf"]
    environment = {"NXF_HOME": str(Path(directory) / "home"), "NXF_OFFLINE": "true", "NXF_ANSI_LOG": "false"}
    return Subject("Nextflow", command, directory, environment, fresh(directory, "work", ".nextflow"))


def nextflow_jars(version="24.10.0"):
    directory = HOME / "nextflow"
    listing = directory / "classpath"
    if not listing.exists():
        directory.mkdir(parents=True, exist_ok=True)
        dependency = f"<dependency><groupId>io.nextflow</groupId><artifactId>nextflow</artifactId><version>{version}</version></dependency>"
        write(
            directory,
            "pom.xml",
            "<project><modelVersion>4.0.0</modelVersion><groupId>b</groupId><artifactId>b</artifactId><version>1</version>"
            f"<dependencies>{dependency}</dependencies></project>",
        )
        command = [tool("mvn"), "-q", "-B", "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath"]
        done = subprocess.run([*command, f"-Dmdep.outputFile={listing}"], cwd=directory, capture_output=True, text=True)
        if done.returncode:
            listing.unlink(missing_ok=True)
            raise Missing("Maven Central does not have all of it: " + done.stdout.strip()[-200:])
    return listing.read_text().strip()


def ferry(steps, directory):
    text = ["name: bench", "steps:"]
    for name, after in steps:
        text.append(f"  {name}: {{run: 'true', after: [{', '.join(after)}]}}" if after else f"  {name}: 'true'")
    write(directory, "ferry.yaml", "\n".join(text) + "\n")
    environment = {"FERRY_HOME": str(HOME / "ferry-home")}
    return Subject("ferry", [ROOT / "ferry", "run", "-f", "ferry.yaml"], directory, environment)


QUICK = [ferry, make, ninja, doit, luigi]
SLOW = {snakemake: 20, metaflow: 20, prefect: 20, dagster: 100, nextflow: 20}


def subjects(steps, directory, options, smaller):
    """Every peer asked for, on the graph; slow ones on a smaller graph of the same shape, their time scaled up, or not at
    all where the graph has no smaller shape."""
    wanted = options.only.split(",") if options.only else None
    chosen = QUICK if options.quick else [*QUICK, *SLOW]
    made = []
    for peer in chosen:
        if wanted and peer.__name__ not in wanted:
            continue
        place = Path(directory) / peer.__name__
        place.mkdir(parents=True)
        factor = SLOW.get(peer, 1)
        graph = smaller(factor) if factor > 1 else steps
        if graph is None:
            continue
        try:
            subject = peer(graph, place)
            subject.scale = len(steps) / len(graph)
            subject.is_slow = factor > 1
        except Missing as missing:
            subject = Subject(peer.__name__, [], place, error=f"not installed: {missing}")
        made.append(subject)
    return made


def hello(directory, options):
    """Two steps in a row, for everyone."""
    return subjects(chain(2), directory, options, lambda factor: chain(2))
