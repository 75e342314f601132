"""Runs commands in turns and keeps how long each took, whole process, by the wall clock."""

import os
import statistics
import subprocess
import time
from dataclasses import dataclass, field


@dataclass
class Subject:
    """One of those that are compared: a command, prepared anew before each round."""

    name: str
    command: list
    directory: str
    environment: dict = field(default_factory=dict)
    prepare: object = None
    scale: float = 1.0
    is_slow: bool = False
    times: list = field(default_factory=list)
    error: str = ""

    def once(self, timeout):
        if self.prepare:
            self.prepare()
        environment = {**os.environ, **self.environment}
        started = time.monotonic()
        done = subprocess.run(
            self.command,
            cwd=self.directory,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=timeout,
        )
        seconds = time.monotonic() - started
        if done.returncode != 0:
            raise RuntimeError(done.stdout.decode(errors="replace")[-800:])
        return seconds * self.scale

    @property
    def median(self):
        return statistics.median(self.times) if self.times else None


def in_turns(subjects, rounds, timeout=600):
    """One uncounted round, then as many as asked: A B C, A B C, so that a drift of the machine meets all alike. Those
    that take minutes are counted once."""
    for number in range(rounds + 1):
        for subject in subjects:
            if subject.error or (subject.is_slow and number > 1):
                continue
            try:
                seconds = subject.once(timeout)
            except (RuntimeError, OSError, subprocess.TimeoutExpired) as failure:
                subject.error = str(failure).strip().replace("\n", " ⏎ ")[-300:]
                continue
            if number > 0:
                subject.times.append(seconds)
    return subjects
