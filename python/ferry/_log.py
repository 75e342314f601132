"""Logging metrics from inside a step, with nothing but the standard library."""

import json
import os
import urllib.error
import urllib.request
from collections.abc import Mapping

from ferry._program import FerryError

_MOST_AT_ONCE = 1000
_TIMEOUT_SECONDS = 30


def log(metrics=None, *, step=None, params=None, tags=None, **more):
    """Keeps metrics of the step that runs: `ferry.log(accuracy=0.97, step=3)`.

    Metrics are numbers, by name, as words or as a dict; `step` counts on from the last call where it is not given.
    `params` are said once, `tags` may change. Returns when they are kept. Outside of a step nothing is logged, so that
    a script runs the same without Ferry.
    """
    url, token = os.environ.get("FERRY_URL"), os.environ.get("FERRY_TOKEN")
    numbers = {name: _number(name, value) for name, value in {**_named("metrics", metrics), **more}.items()}
    texts = {what: _texts(what, given) for what, given in (("params", params), ("tags", tags))}
    if not url or not token:
        return
    _steps.last = _steps.last + 1 if step is None else int(step)
    names = list(numbers)
    for start in range(0, max(1, len(names)), _MOST_AT_ONCE):
        part = {name: repr(numbers[name]) for name in names[start : start + _MOST_AT_ONCE]}
        body = {"metrics": part, "at": str(_steps.last)}
        if start == 0:
            body.update(texts)
        _post(url, token, body)


def invalid(why=""):
    """Ends a trial of a search whose values cannot work: `ferry.invalid("64 is no multiple of 3 heads")`.

    Another trial takes its place, and it counts neither as one of the trials nor as a failure. It prints the line
    `ferry-invalid: why` and ends the script with status 1, which any other language can do, too.
    """
    print("\nferry-invalid: " + " ".join(str(why).split()), flush=True)
    raise SystemExit(1)


def _named(what, given):
    if given is None or isinstance(given, Mapping):
        return given or {}
    example = "ferry.log(accuracy=0.97)" if what == "metrics" else f'ferry.log({what}={{"name": "value"}})'
    raise FerryError(f"`ferry.log` takes {what} by name; found {given!r}\n  for instance `{example}`", 2)


def _texts(what, given):
    return {str(name): str(value) for name, value in _named(what, given).items()}


def _number(name, value):
    try:
        return float(value)
    except (TypeError, ValueError):
        raise FerryError(f"the metric `{name}` is {value!r}; expected a number", 2) from None


class _Steps:
    last = -1


_steps = _Steps()


def _post(url, token, body):
    request = urllib.request.Request(
        url + "/api/v1/log",
        json.dumps(body).encode(),
        {"Authorization": "Bearer " + token, "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS):
            pass
    except urllib.error.HTTPError as refused:
        try:
            words = json.loads(refused.read())["error"]["message"]
        except (ValueError, KeyError):
            words = str(refused)
        raise FerryError(words, 2) from None
    except OSError as unreachable:
        raise FerryError(f"Ferry's server at {url} cannot be reached: {unreachable}", 4) from None
