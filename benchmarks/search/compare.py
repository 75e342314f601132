"""Ranks methods by the lines that `SearchBenchmark.java` and `optuna_side.py` print; see run."""

import statistics
import sys
from collections import defaultdict
from pathlib import Path

AT = [25, 50, 100, 200]


def read(paths):
    """(function, seed) → method → the best true value so far, after each trial."""
    runs = defaultdict(dict)
    for path in paths:
        with open(path) as lines:
            for line in lines:
                words = line.split()
                if len(words) >= 3 + AT[0]:
                    runs[words[1], int(words[2])][words[0]] = [float(word) for word in words[3:]]
    return runs


def rank(values, method):
    own = values[method]
    below = sum(value < own - 1e-9 for value in values.values())
    equal = sum(abs(value - own) <= 1e-9 for value in values.values())
    return below + (equal + 1) / 2


def ranks(runs, methods, function=None):
    """Mean rank of each method after each of AT trials, over the runs that all methods have."""
    sums = {method: [[] for _ in AT] for method in methods}
    for (name, _), lines in runs.items():
        for i, trials in enumerate(AT):
            there = {method: lines[method][trials - 1] for method in methods if len(lines.get(method, [])) >= trials}
            if function in (None, name) and len(there) == len(methods):
                for method in methods:
                    sums[method][i].append(rank(there, method))
    return {method: [statistics.mean(each) if each else None for each in all_] for method, all_ in sums.items()}


def cells(numbers, text):
    return " | ".join("–" if number is None else text.format(number) for number in numbers)


def report(paths, methods):
    runs = read(paths)
    seeds = len({seed for (_, seed), lines in runs.items() if all(method in lines for method in methods)})
    print(f"Mean rank among {len(methods)} after {', '.join(map(str, AT))} trials, {seeds} seeds, all functions; less is better.\n")
    print("| | " + " | ".join(map(str, AT)) + " |\n|---|" + "---:|" * len(AT))
    for method, numbers in sorted(ranks(runs, methods).items(), key=lambda item: sum(x or 0 for x in item[1])):
        print(f"| {method} | {cells(numbers, '{:.2f}')} |")
    functions = sorted({name for name, _ in runs})
    print(f"\nMean rank after {AT[-2]} trials by function.\n")
    print("| | " + " | ".join(functions) + " |\n|---|" + "---:|" * len(functions))
    by_function = {name: ranks(runs, methods, name) for name in functions}
    for method in methods:
        print(f"| {method} | {cells([by_function[name][method][-2] for name in functions], '{:.1f}')} |")


def budgets(file, methods):
    """A row for each table: the units of the first method, and every other's share of them; means over seeds."""
    units = defaultdict(list)
    for line in Path(file).read_text().splitlines():
        method, table, _, used = line.split()
        units[method, table].append(float(used))
    tables = sorted({table for _, table in units})
    first, *others = methods
    shares = {(method, table): statistics.mean(units[method, table]) / statistics.mean(units[first, table]) for method in others for table in tables}
    print(f"| | {first} (units) | " + " | ".join(others) + " |\n|---|" + "---:|" * len(methods))
    for table in tables:
        print(f"| {table} | {statistics.mean(units[first, table]):.0f} | " + " | ".join(f"{shares[method, table]:.2f}" for method in others) + " |")
    print("| mean | | " + " | ".join(f"{statistics.mean(shares[method, table] for table in tables):.2f}" for method in others) + " |")


if __name__ == "__main__":
    report(sys.argv[2:], sys.argv[1].split(","))
