"""What the server holds when idle, and while and after it runs ten thousand steps."""

import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

from . import graphs, peers, report


def memory(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def processor_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def table(about, options):
    with tempfile.TemporaryDirectory(prefix="ferry-benchmark-") as directory:
        environment = {**os.environ, "FERRY_HOME": str(Path(directory) / "home")}
        ferry = [peers.ROOT / "ferry"]
        subprocess.run([*ferry, "run", "true"], cwd=directory, env=environment, check=True, capture_output=True)
        pid = json.loads((Path(directory) / "home/server.json").read_text())["pid"]
        time.sleep(5)
        idle = memory(pid)
        before = processor_seconds(pid)
        time.sleep(20)
        rows = [("server idle, MiB", idle, idle, idle, "")]
        spent = (processor_seconds(pid) - before) * 1000 / 20
        rows.append(("server idle, processor ms per second", spent, spent, spent, ""))
        for count in (1000, 10_000):
            place = Path(directory) / str(count)
            place.mkdir()
            subject = peers.ferry(graphs.independent(count), place)
            started = time.monotonic()
            subprocess.run(subject.command, cwd=place, env=environment, check=True, capture_output=True)
            each = (time.monotonic() - started) * 1000 / count
            rows.append((f"{count} steps, ms per step", each, each, each, ""))
        peak = memory(pid)
        rows.append(("server after 10,000 steps, MiB", peak, peak, peak, ""))
        subprocess.run([*ferry, "server", "stop"], env=environment, capture_output=True, check=False)
    targets = "Targets: idle 100 MiB and no measurable processor time; 10,000 steps under 300 MiB, time per step not growing."
    return report.Table("Memory and growth", about, rows, unit="see row", targets=targets)
