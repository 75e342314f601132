"""Public test functions for minimizers; `Functions.java` has the same."""

import math

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


def sphere(parameters):
    return lambda t: sum(x * x for x in box(t, parameters, -5, 5))
