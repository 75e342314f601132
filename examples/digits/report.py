"""Writes report.md, however the run ended."""

import json
import os
from pathlib import Path

lines = [f"# Digits: {os.environ['FERRY_RUN_STATE']}", ""]
scores = Path("scores.json")
if scores.exists():
    lines += [f"- {activation}: {score:.1%} right" for activation, score in json.loads(scores.read_text()).items()]
Path("report.md").write_text("\n".join(lines) + "\n")
print("\n".join(lines))
