"""A shell on a terminal of 100 columns, for checks of what a person sees."""

import contextlib
import fcntl
import os
import pty
import re
import shlex
import struct
import subprocess
import termios

SECONDS = 300


def on_a_terminal(text):
    """What stands on a terminal after this was written to it: the few orders of a display that is drawn in place."""
    lines, row, column = [""], 0, 0
    for part in re.split(r"(\x1b\[[0-9;?]*[A-Za-z]|[\r\n])", text):
        if part == "\r":
            column = 0
        elif part == "\n":
            row += 1
            lines += [""] * (row == len(lines))
        elif part.startswith("\x1b[") and part[-1] == "A":
            row = max(0, row - int(part[2:-1] or 1))
        elif part in ("\x1b[K", "\x1b[J"):
            lines[row] = lines[row][:column]
            lines[row + 1 :] = [] if part[-1] == "J" else lines[row + 1 :]
        elif not part.startswith("\x1b["):
            line = lines[row].ljust(column)
            lines[row] = line[:column] + part + line[column + len(part) :]
            column += len(part)
    return [line.rstrip() for line in lines if line.strip()]


class Shell:
    """One shell a document: directory and exported variables last from command to command."""

    def __init__(self, directory):
        self.state = directory / ".state"
        self.state.write_text(f"cd {shlex.quote(str(directory))}\n")

    def run(self, command):
        """What the command leaves on the terminal, as lines, and its exit status."""
        save = f'{{ export -p; printf "cd %q\\n" "$PWD"; }} >{shlex.quote(str(self.state))}'
        script = f". {shlex.quote(str(self.state))}\n{command}\nstatus=$?\n{save}\nexit $status"
        leader, follower = pty.openpty()
        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 100, 0, 0))
        environment = {**os.environ, "TERM": "xterm", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
        with subprocess.Popen(
            ["timeout", "-k", "5", str(SECONDS), "bash", "-c", script],
            stdin=subprocess.DEVNULL, stdout=follower, stderr=follower, env=environment, start_new_session=True,
        ) as process:  # fmt: skip
            os.close(follower)
            written = read_all(leader)
        return on_a_terminal(written.decode("utf-8", "replace")), process.returncode


def read_all(leader):
    written = b""
    with os.fdopen(leader, "rb", buffering=0) as terminal, contextlib.suppress(OSError):  # Linux's end of a terminal
        while more := terminal.read(65536):
            written += more
    return written
