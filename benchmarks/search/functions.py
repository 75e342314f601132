"""Public test functions for minimizers; `Functions.java` has the same."""

import math
from pathlib import Path

A3 = [[3, 10, 30], [0.1, 10, 35], [3, 10, 30], [0.1, 10, 35]]
P3 = [[0.3689, 0.1170, 0.2673], [0.4699, 0.4387, 0.7470], [0.1091, 0.8732, 0.5547], [0.0381, 0.5743, 0.8828]]
A6 = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]]
P6 = [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
]
ALPHA = [1.0, 1.2, 3.0, 3.2]


def box(trial, dimension, low, high):
    return [trial.suggest_float(f"x{i}", low, high) for i in range(dimension)]


def shifted(xs, by):
    return [x - by * math.sin(i + 1.0) for i, x in enumerate(xs)]


def branin(trial):
    x = trial.suggest_float("x0", -5, 10)
    y = trial.suggest_float("x1", 0, 15)
    a = y - 5.1 / (4 * math.pi**2) * x * x + 5 / math.pi * x - 6
    return a * a + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10


def hartmann(x, a, p):
    return -sum(ALPHA[i] * math.exp(-sum(a[i][j] * (x[j] - p[i][j]) ** 2 for j in range(len(x)))) for i in range(4))


def rosenbrock(x):
    return sum(100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2 for i in range(len(x) - 1))


def ackley(x):
    squares = sum(v * v for v in x) / len(x)
    waves = sum(math.cos(2 * math.pi * v) for v in x) / len(x)
    return -20 * math.exp(-0.2 * math.sqrt(squares)) - math.exp(waves) + 20 + math.e


def levy(x):
    w = [1 + (v - 1) / 4 for v in x]
    value = math.sin(math.pi * w[0]) ** 2
    value += sum((v - 1) ** 2 * (1 + 10 * math.sin(math.pi * v + 1) ** 2) for v in w[:-1])
    return value + (w[-1] - 1) ** 2 * (1 + math.sin(2 * math.pi * w[-1]) ** 2)


def mixed(trial):
    lr = math.log10(trial.suggest_float("lr", 1e-5, 1, log=True)) + 2.3
    units = math.log2(trial.suggest_int("units", 8, 512, log=True) / 96)
    layers = trial.suggest_int("layers", 1, 6) - 3
    act = {"relu": 0.15, "gelu": 0, "elu": 0.3, "tanh": 0.6}[trial.suggest_categorical("act", ["relu", "tanh", "elu", "gelu"])]
    drop = trial.suggest_float("drop", 0, 0.8) - 0.25
    batch = math.log2(trial.suggest_categorical("batch", [16, 32, 64, 128]) / 64)
    coupled = lr - 0.15 * batch
    return (
        0.3 * coupled**2 + 0.03 * units**2 + 0.05 * layers**2 + 2 * drop**2 + act * (1 + 0.2 * abs(layers)) + 0.02 * batch**2
    )


def conditional(trial):
    model = trial.suggest_categorical("model", ["svm", "forest", "net"])
    if model == "svm":
        c = math.log10(trial.suggest_float("c", 1e-3, 1e3, log=True)) - 1
        gamma = math.log10(trial.suggest_float("gamma", 1e-4, 10, log=True)) + 2
        return 0.1 + 0.05 * (c + gamma) ** 2 + 0.03 * (c - gamma) ** 2
    if model == "forest":
        depth = trial.suggest_int("depth", 2, 32) - 14
        trees = math.log10(trial.suggest_int("trees", 10, 1000, log=True)) - 3
        return 0.25 + 0.001 * depth**2 + 0.03 * trees**2
    lr = math.log10(trial.suggest_float("lr", 1e-5, 1, log=True)) + 3
    wd = math.log10(trial.suggest_float("wd", 1e-8, 1e-1, log=True)) + 4
    act = trial.suggest_categorical("act", ["relu", "tanh"])
    return 0.05 + 0.12 * lr**2 + 0.02 * wd**2 + (0 if act == "relu" else 0.05)


def michalewicz(x):
    return -sum(math.sin(v) * math.sin((i + 1) * v * v / math.pi) ** 20 for i, v in enumerate(x))


def styblinski(x):
    return sum(v**4 - 16 * v * v + 5 * v for v in x) / 2


def rastrigin(x):
    return sum(v * v - 10 * math.cos(2 * math.pi * v) + 10 for v in x)


def griewank(x):
    product = math.prod(math.cos(v / math.sqrt(i + 1)) for i, v in enumerate(x))
    return sum(v * v for v in x) / 4000 - product + 1


def camel(trial):
    x = trial.suggest_float("x0", -3, 3)
    y = trial.suggest_float("x1", -2, 2)
    return (4 - 2.1 * x * x + x**4 / 3) * x * x + x * y + (4 * y * y - 4) * y * y


def forest(trial):
    depth = math.log(trial.suggest_int("depth", 1, 40, log=True) / 11)
    features = trial.suggest_float("features", 0.05, 1)
    leaf = math.log(trial.suggest_int("leaf", 1, 64, log=True) / 3)
    kind = {"gini": 0, "entropy": 0.04, "log_loss": 0.05}[trial.suggest_categorical("kind", ["gini", "entropy", "log_loss"])]
    replace = {"yes": 0, "no": 0.1}[trial.suggest_categorical("replace", ["yes", "no"])]
    want = 0.4 if replace == 0 else 0.7
    return 0.1 * depth**2 + (features - want) ** 2 + 0.05 * (leaf + 0.5 * depth) ** 2 + kind * (1 + depth**2) + replace


def optimizers(trial):
    rate = math.log10(trial.suggest_float("rate", 1e-6, 1, log=True))
    optimizer = trial.suggest_categorical("optimizer", ["sgd", "adam"])
    schedule = trial.suggest_categorical("schedule", ["constant", "cosine"])
    if optimizer == "sgd":
        momentum = trial.suggest_float("momentum", 0, 1)
        loss = 0.1 + 0.08 * (rate + 1 + momentum) ** 2 + 0.4 * (momentum - 0.9) ** 2
    else:
        beta = math.log10(trial.suggest_float("beta", 1e-4, 0.5, log=True))
        loss = 0.12 + 0.1 * (rate + 3.2) ** 2 + 0.02 * (beta + 1) ** 2
    if schedule == "cosine":
        warmup = trial.suggest_int("warmup", 0, 20)
        loss += 0.0005 * (warmup - 6) ** 2 - 0.06
    return loss


def read_table(name):
    """The axes of a table, and by the words of each point its errors after each unit of training."""
    lines = (Path(__file__).resolve().parent / "tables" / f"{name}.csv").read_text().splitlines()
    axes = [head.split("=") for head in lines[0].split(",")[:-1]]
    parts = [line.rsplit(",", 1) for line in lines[1:]]
    return axes, {point: [int(error) / 10_000 for error in errors.split()] for point, errors in parts}


def point(axes, trial):
    return ",".join(
        str(trial.suggest_int(axis, 0, int(values) - 1)) if values.isdigit() else trial.suggest_categorical(axis, values.split("|"))
        for axis, values in axes
    )


def table(name):
    """The validation error of a real model after its whole training, from a table."""
    axes, errors = read_table(name)
    return lambda trial: errors[point(axes, trial)][-1]


FUNCTIONS = {
    "branin": (branin, 0),
    "hartmann3": (lambda t: hartmann(box(t, 3, 0, 1), A3, P3), 0),
    "hartmann6": (lambda t: hartmann(box(t, 6, 0, 1), A6, P6), 0),
    "rosenbrock4": (lambda t: rosenbrock(box(t, 4, -5, 10)), 0),
    "ackley5": (lambda t: ackley(shifted(box(t, 5, -32.768, 32.768), 10)), 0),
    "levy5": (lambda t: levy(shifted(box(t, 5, -10, 10), 3)), 0),
    "ackley10": (lambda t: ackley(shifted(box(t, 10, -32.768, 32.768), 10)), 0),
    "noisy-branin": (branin, 2),
    "noisy-hartmann6": (lambda t: hartmann(box(t, 6, 0, 1), A6, P6), 0.1),
    "mixed": (mixed, 0),
    "conditional": (conditional, 0),
}

# Nothing was tuned on these.
HELD_OUT = {
    "michalewicz5": (lambda t: michalewicz(box(t, 5, 0, math.pi)), 0),
    "styblinski4": (lambda t: styblinski(box(t, 4, -5, 5)), 0),
    "rastrigin4": (lambda t: rastrigin(shifted(box(t, 4, -5.12, 5.12), 1.5)), 0),
    "griewank6": (lambda t: griewank(shifted(box(t, 6, -600, 600), 200)), 0),
    "camel": (camel, 0),
    "noisy-levy3": (lambda t: levy(shifted(box(t, 3, -10, 10), 3)), 1),
    "forest": (forest, 0),
    "optimizers": (optimizers, 0),
}
TABLES = sorted(path.stem for path in (Path(__file__).resolve().parent / "tables").glob("*.csv"))
HELD_OUT |= {name: (table(name), 0) for name in TABLES}
FUNCTIONS |= HELD_OUT


def named(names):
    """The functions that a word of the command stands for."""
    groups = {"all": [name for name in FUNCTIONS if name not in HELD_OUT], "held-out": list(HELD_OUT)}
    return groups.get(names) or names.split(",")


def sphere(parameters):
    return lambda t: sum(x * x for x in box(t, parameters, -5, 5))
