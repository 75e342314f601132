"""Lines of results in a file, so that a long measurement can be broken off and gone on with."""

from pathlib import Path


def done(file, trials):
    """(method, function, seed) of the lines with at least so many trials."""
    path = Path(file)
    lines = [line.split() for line in path.read_text().splitlines()] if path.exists() else []
    return {(words[0], words[1], int(words[2])) for words in lines if len(words) >= 3 + trials}


def mend(file):
    """Cuts away a line that was broken off."""
    if file.exists():
        whole = file.read_text()
        file.write_text(whole[: whole.rfind("\n") + 1])
