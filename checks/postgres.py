"""A PostgreSQL of a check's own: the programs that the tests use, out of their jar in the local Maven repository."""

import os
import platform
import pwd
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

GROUP = "io/zonky/test/postgres"
MACHINE = {"x86_64": "amd64", "aarch64": "arm64v8"}.get(platform.machine(), platform.machine())
SECONDS = 60


def repository():
    """The local Maven repository of whoever checks; their HOME is another one meanwhile."""
    maven = Path(pwd.getpwuid(os.getuid()).pw_dir) / ".m2"
    named = re.search(r"-Dmaven\.repo\.local=(\S+)", os.environ.get("MAVEN_OPTS", ""))
    settings = maven / "settings.xml"
    named = named or settings.exists() and re.search(r"<localRepository>\s*([^<$]+?)\s*<", settings.read_text())
    return Path(named[1]) if named else maven / "repository"


def jar():
    name = f"embedded-postgres-binaries-{platform.system().lower()}-{MACHINE}"
    jars = sorted((repository() / GROUP / name).glob("*/*.jar"))
    if not jars:
        sys.exit(f"FAILED: {name} is not in {repository()}; the build's tests fetch it: ./check --quick")
    return jars[-1]


class Postgres:
    """Runs from birth to `close`. It is set up to answer before it is on the disk, which Ferry must not rely on."""

    def __init__(self, directory):
        self.programs, self.data = directory / "programs", directory / "data"
        self.log = directory / "log"
        self.programs.mkdir(parents=True)
        with zipfile.ZipFile(jar()) as whole:
            inner = next(name for name in whole.namelist() if name.endswith(".txz"))
            with whole.open(inner) as packed, tarfile.open(fileobj=packed, mode="r|xz") as files:
                files.extractall(self.programs, filter="tar")
        self.say("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"
        self.process = None
        self.start()

    def command(self, name, *words):
        """It refuses root; in a user namespace of its own nobody is."""
        program = [str(self.programs / "bin" / name), *map(str, words)]
        return ["unshare", "-U", *program] if os.getuid() == 0 else program

    def say(self, name, *words):
        done = subprocess.run(self.command(name, *words), capture_output=True, text=True, timeout=SECONDS, check=False)
        if done.returncode != 0:
            sys.exit(f"FAILED: {name}\n{done.stdout}{done.stderr}")

    def start(self):
        settings = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "max_connections": 60,
            "synchronous_commit": "off",
            "wal_writer_delay": "10s",
        }
        words = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command("postgres", "-D", self.data, *words), stdout=log, stderr=log)
        until = time.monotonic() + SECONDS
        while not self.answers():
            if time.monotonic() > until or self.process.poll() is not None:
                sys.exit(f"FAILED: PostgreSQL does not start\n{self.log.read_text()[-3000:]}")
            time.sleep(0.05)

    def answers(self):
        """Whether it lets its user in, and is not still starting: by the first message of its protocol."""
        words = b"\0\3\0\0user\0postgres\0database\0postgres\0\0"
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as line:
                line.sendall(struct.pack("!i", len(words) + 4) + words)
                return line.recv(1) == b"R"
        except OSError:
            return False

    def crash(self):
        """Ends it at once, as it is: what only its memory had is lost."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(SECONDS)

    def close(self):
        if self.process and self.process.poll() is None:
            self.crash()
        shutil.rmtree(self.programs, ignore_errors=True)
