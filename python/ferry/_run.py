"""Runs: starting one, waiting for it, and what is known of it."""

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from typing import List, Optional

from ferry import _program

ENDED = ("succeeded", "failed", "stopped")
ALL_LINES = "10000"


@dataclass(frozen=True)
class Attempt:
    """One try at a step. Times are in UTC; what is not known, or not yet, is None."""

    number: int
    state: str
    started: Optional[datetime]
    ended: Optional[datetime]
    exit_code: Optional[int]
    reason: str
    cpu_seconds: Optional[float]
    peak_memory_bytes: Optional[int]


@dataclass(frozen=True)
class Step:
    """One step of a run: `state` is waiting, running, succeeded, failed, stopped or skipped."""

    name: str
    state: str
    command: str
    reason: str
    attempts: List[Attempt]


class RunFailed(_program.FerryError):
    """A run that was to succeed and did not; `run` is the run."""

    def __init__(self, run, words):
        super().__init__(words, 1)
        self.run = run


class Run:
    """A run, by its id. What it tells is asked for anew while the run goes on, at most every half second."""

    def __init__(self, id):
        self.id = id
        self._shown = {}
        self._asked = 0.0

    def __repr__(self):
        return f"<ferry.Run {self.id} {self.state}>"

    @property
    def state(self):
        """waiting, running, succeeded, failed or stopped."""
        return self.show()["state"]

    @property
    def ended(self):
        return self.state in ENDED

    @property
    def reason(self):
        """Why it is in its state, in words; empty where there is nothing to say."""
        return self.show().get("reason") or ""

    @property
    def steps(self):
        return [_step(record) for record in self.show()["steps"]]

    def show(self):
        """All that is known of it, as `ferry show RUN -o json` prints it."""
        known = self._shown.get("state") in ENDED or time.monotonic() - self._asked < 0.5
        if not self._shown or not known:
            self._shown = json.loads(_program.call(["show", self.id, "-o", "json"])[0])
            self._asked = time.monotonic()
        return self._shown

    def wait(self, timeout=None, quiet=True, check=False):
        """Waits until it has ended and returns it.

        timeout: seconds after which TimeoutError is raised; the run goes on.
        quiet: False prints its steps' lines as they come.
        check: True raises RunFailed, with the cause in words, unless it succeeded.
        """
        end = None if timeout is None else time.monotonic() + timeout
        tail = "0" if quiet else ALL_LINES
        while True:
            left = None if end is None else end - time.monotonic()
            _follow(self.id, left, tail, quiet)
            self._shown = {}
            # The log of a step can end before its run does, as when the step is tried again.
            if self.ended:
                break
            tail = "0"
            time.sleep(0.2)
        if check and self.state != "succeeded":
            raise RunFailed(self, self._failure())
        return self

    def _failure(self):
        """What failed and why, with the last lines of each failed step."""
        lines = [f"{self.id} {self.state}" + (f": {self.reason}" if self.reason else "")]
        for record in self.show()["steps"]:
            if record["state"] == "failed":
                lines.append(f"  {record['name']} failed: {record.get('reason') or 'no reason is known'}")
                lines += [f"    | {line}" for line in record.get("tail") or []]
        return "\n".join(lines)

    def logs(self, step=None):
        """What its steps wrote; of one step where one is named."""
        return _program.call(["logs", self.id] + ([step] if step else []))[0]

    def stop(self):
        """Asks it to stop; `finally` steps still run."""
        _program.call(["stop", self.id])
        self._shown = {}

    def retry(self):
        """Goes on from what failed; what succeeded is kept."""
        _program.call(["retry", "--detach", self.id])
        self._shown = {}
        return self


def run(
    command=None,
    *,
    file=None,
    on=None,
    params=None,
    name=None,
    image=None,
    cpu=None,
    memory=None,
    gpu=None,
    timeout=None,
    directory=None,
    wait=True,
    quiet=False,
    check=False,
):
    """Runs a workflow and returns its Run.

    command: a one-liner, as in `ferry run "python a.py >> python b.py"`; or a list of words, which is one command
        whose arguments are exactly those.
    file: a workflow file instead.
    on: where: local, kubernetes or argo; by default what the configuration says, or what is there.
    params: parameters by name.
    cpu, memory, gpu, timeout: of each step that does not say ("2", "4Gi", "1", "20m").
    directory: where the steps run, and where `file` is looked for; by default here.
    wait: False returns at once; `Run.wait()` waits later.
    quiet: True prints nothing while it waits.
    check: True raises RunFailed unless the run succeeded.
    """
    words = ["run", "--detach"]
    settings = {"on": on, "name": name, "image": image, "cpu": cpu, "memory": memory, "gpu": gpu, "timeout": timeout}
    for option, value in settings.items():
        if value is not None:
            words += [f"--{option}", str(value)]
    for key, value in (params or {}).items():
        words += ["--param", f"{key}={value}"]
    if file is not None:
        words += ["-f", os.fspath(file)]
    if isinstance(command, str):
        words += ["-c", command]
    elif command is not None:
        words += ["--", *map(os.fspath, command)]
    printed, warnings = _program.call(words, directory)
    sys.stderr.write(warnings)
    started = Run(printed.strip())
    return started.wait(quiet=quiet, check=check) if wait else started


def _follow(id, timeout, tail, quiet):
    """Reads what is told of a run until it has ended, and prints it unless `quiet`."""
    following = subprocess.Popen(
        _program.command(["logs", "-f", "--tail", tail, id]),
        env=_program.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    )
    said = []
    readers = [
        threading.Thread(target=_read, args=(following.stdout, quiet, None), daemon=True),
        threading.Thread(target=_read, args=(following.stderr, quiet, said), daemon=True),
    ]
    for reader in readers:
        reader.start()
    try:
        status = following.wait(timeout)
    except subprocess.TimeoutExpired:
        raise TimeoutError(f"{id} has not ended in time; it goes on") from None
    finally:
        if following.poll() is None:
            following.kill()
            following.wait()
        for reader in readers:
            reader.join(10)
    if status not in (0, 1):
        raise _program.FerryError(_program.error_words("".join(said)), status)


def _read(lines, quiet, kept):
    with lines:
        for line in lines:
            if kept is not None:
                kept.append(line)
            if not quiet:
                sys.stdout.write(line)
                sys.stdout.flush()


def _step(record):
    attempts = [
        Attempt(
            number=each["number"],
            state=each.get("state") or "",
            started=_time(each.get("started")),
            ended=_time(each.get("ended")),
            exit_code=each.get("exitCode"),
            reason=each.get("reason") or "",
            cpu_seconds=each.get("cpuSeconds"),
            peak_memory_bytes=each.get("peakMemoryBytes"),
        )
        for each in record.get("attempts", [])
    ]
    return Step(record["name"], record["state"], record.get("command") or "", record.get("reason") or "", attempts)


def _time(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")) if text else None
