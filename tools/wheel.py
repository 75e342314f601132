"""Packs the program that dist/current names, and the package in python/, into dist/ferryml-VERSION-py3-none-any.whl."""

import base64
import hashlib
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

PROGRAM = "ferry/program/"
EXECUTABLE, PLAIN = 0o100755, 0o100644
EPOCH = (1980, 1, 1, 0, 0, 0)


def version_of(checkout):
    return ElementTree.parse(checkout / "pom.xml").findtext("{*}version")


def files_of(checkout, version):
    """What lies in the wheel: (name, mode, content)."""
    build = (checkout / "dist/current").read_text().strip()
    program = checkout / "dist" / build
    for file in sorted(path for path in program.rglob("*") if path.is_file() and path.name != "build"):
        mode = EXECUTABLE if file.name == "ferry" else PLAIN
        yield PROGRAM + file.relative_to(program).as_posix(), mode, file.read_bytes()
    page = checkout / "dist/ui"
    for file in sorted(path for path in page.rglob("*") if path.is_file()):
        yield PROGRAM + "ui/" + file.relative_to(page).as_posix(), PLAIN, file.read_bytes()
    # The second word is the place that AOT caches belong to: other versions' caches go when they are a month old.
    yield PROGRAM + "build", PLAIN, f"{build} wheel{version}\n".encode()
    for file in sorted((checkout / "python/ferry").glob("*.py")) + [checkout / "python/ferry/py.typed"]:
        yield "ferry/" + file.name, PLAIN, file.read_bytes()
    script = (checkout / "python/ferry.sh").read_text().replace("@BUILD@", build)
    yield f"ferryml-{version}.data/scripts/ferry", EXECUTABLE, script.encode()
    metadata = (checkout / "python/METADATA").read_text().replace("@VERSION@", version)
    yield f"ferryml-{version}.dist-info/METADATA", PLAIN, metadata.encode()
    wheel = "Wheel-Version: 1.0\nGenerator: ferry-wheel\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    yield f"ferryml-{version}.dist-info/WHEEL", PLAIN, wheel.encode()


def record_line(name, content):
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(content)}\n"


def add(archive, name, mode, content):
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.external_attr = mode << 16
    entry.compress_type = zipfile.ZIP_STORED if name.endswith(".jar") else zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)


def main(checkout):
    version = version_of(checkout)
    target = checkout / "dist" / f"ferryml-{version}-py3-none-any.whl"
    draft = target.with_suffix(".new")
    record = f"ferryml-{version}.dist-info/RECORD"
    lines = ""
    with zipfile.ZipFile(draft, "w") as archive:
        for name, mode, content in files_of(checkout, version):
            add(archive, name, mode, content)
            lines += record_line(name, content)
        add(archive, record, PLAIN, (lines + record + ",,\n").encode())
    draft.replace(target)
    print(target)


main(Path(sys.argv[1]))
