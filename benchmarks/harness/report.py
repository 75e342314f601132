"""Tables of medians and ratios, for the terminal and for docs/benchmarks.md."""

import datetime
import os
import platform
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass
class Table:
    title: str
    about: str
    rows: list  # of (name, median in the unit or None, minimum, maximum, remark)
    unit: str = "s"
    targets: str = ""

    def ratio(self, median):
        own = next((row[1] for row in self.rows if row[0] == "ferry"), None)
        return "" if not own or not median else f"{own / median:.2f}"

    def lines(self):
        yield f"## {self.title}"
        yield ""
        yield self.about
        yield ""
        yield f"| | median ({self.unit}) | least | most | ferry / it |"
        yield "|---|---:|---:|---:|---:|"
        for name, median, least, most, remark in self.rows:
            if median is None:
                yield f"| {name} | – | – | – | {remark} |"
            else:
                yield f"| {name}{remark} | {median:.3f} | {least:.3f} | {most:.3f} | {self.ratio(median)} |"
        if self.targets:
            yield ""
            yield self.targets

    def text(self):
        return "\n".join(self.lines()) + "\n"


def of(title, about, subjects, targets=""):
    rows = []
    for subject in subjects:
        mark = " ~" if subject.scale != 1.0 else ""
        if subject.times:
            rows.append((subject.name, subject.median, min(subject.times), max(subject.times), mark))
        else:
            rows.append((subject.name, None, None, None, subject.error or "not measured"))
    return Table(title, about, rows, targets=targets)


def machine():
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text()).group(1)) // (1 << 20)
    name = model.group(1) if model else platform.machine()
    return f"{os.cpu_count()} processors ({name}), {memory} GiB, {platform.system()} {platform.release()}"


def write(tables):
    """Replaces the tables in docs/benchmarks.md; what a person wrote above the first table stays."""
    path = ROOT / "docs" / "benchmarks.md"
    head = path.read_text().split("<!-- tables -->")[0] if path.exists() else "# How fast it is\n\n"
    stamp = (
        f"Measured {datetime.date.today().isoformat()} on {machine()}; `~` marks a smaller case scaled up; those peers\n"
        'and everything under "Memory and growth" were measured once.\n'
    )
    body = "\n".join(table.text() for table in tables)
    path.write_text(f"{head}<!-- tables -->\n{stamp}\n{body}")
