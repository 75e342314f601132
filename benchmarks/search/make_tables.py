#!/usr/bin/env python3
"""Computes the tables in `tables/`: what scikit-learn's models come to on its bundled data sets, for every combination of some values.

A line is a combination (the index of each ordered value, the word of each other) and the validation error after 1, 2, … 27 units of training, in 1/10,000.
Run once, with scikit-learn installed; the tables are kept, so that everybody measures on the same numbers.
"""

import itertools
import sys
import warnings
from pathlib import Path

import numpy as np
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits, load_wine
from sklearn.ensemble import GradientBoostingClassifier, GradientBoostingRegressor
from sklearn.linear_model import SGDClassifier, SGDRegressor
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

warnings.filterwarnings("ignore")
UNITS = 27
TABLES = Path(__file__).resolve().parent / "tables"


def data(load, scaled=True):
    x, y = load(return_X_y=True)
    train_x, test_x, train_y, test_y = train_test_split(x, y, test_size=0.3, random_state=0)
    if scaled:
        scaler = StandardScaler().fit(train_x)
        train_x, test_x = scaler.transform(train_x), scaler.transform(test_x)
    return train_x, test_x, train_y, test_y


def epochs(model, train_x, test_x, train_y, test_y):
    """A classifier trained epoch by epoch on its own data."""
    errors = []
    for _ in range(UNITS):
        model.partial_fit(train_x, train_y, classes=np.unique(train_y))
        errors.append(1 - model.score(test_x, test_y))
    return errors


def sgd(alpha, eta, loss, penalty, schedule, of=None):
    model = SGDClassifier(loss=loss, penalty=penalty, alpha=alpha, eta0=eta, learning_rate=schedule, random_state=0)
    return epochs(model, *of)


def sgd_regression(alpha, eta, loss, penalty, schedule, of=None):
    train_x, test_x, train_y, test_y = of
    center, spread = train_y.mean(), train_y.std()
    model = SGDRegressor(loss=loss, penalty=penalty, alpha=alpha, eta0=eta, learning_rate=schedule, random_state=0)
    errors = []
    for _ in range(UNITS):
        model.partial_fit(train_x, (train_y - center) / spread)
        predicted = np.clip(model.predict(test_x), -1e6, 1e6) * spread + center
        errors.append(np.mean((test_y - predicted) ** 2) / np.mean((test_y - test_y.mean()) ** 2))
    return errors


def boosted_classes(rate, depth, subsample, leaf, features, of=None):
    train_x, test_x, train_y, test_y = of
    model = GradientBoostingClassifier(
        n_estimators=3 * UNITS, learning_rate=rate, max_depth=depth, subsample=subsample, min_samples_leaf=leaf, max_features=features, random_state=0
    ).fit(train_x, train_y)
    return [1 - np.mean(predicted == test_y) for predicted in model.staged_predict(test_x)][2::3]


def boosting(rate, depth, subsample, leaf, features, loss, of=None):
    train_x, test_x, train_y, test_y = of
    model = GradientBoostingRegressor(
        n_estimators=3 * UNITS, learning_rate=rate, max_depth=depth, subsample=subsample, min_samples_leaf=leaf, max_features=features, loss=loss, random_state=0
    ).fit(train_x, train_y)
    spread = np.mean((test_y - test_y.mean()) ** 2)
    stages = [np.mean((test_y - predicted) ** 2) / spread for predicted in model.staged_predict(test_x)]
    return stages[2::3]


def svm(c, gamma, kernel, of=None):
    train_x, test_x, train_y, test_y = of
    model = SVC(C=c, gamma=gamma, kernel=kernel).fit(train_x, train_y)
    return [1 - model.score(test_x, test_y)] * UNITS


def logs(low, high, count):
    return [float(x) for x in np.logspace(low, high, count)]


LINEAR = {
    "alpha": logs(-6, 0, 7),
    "eta": logs(-4, 1, 6),
    "loss": ("log_loss", "hinge", "modified_huber"),
    "penalty": ("l1", "l2", "elasticnet"),
    "schedule": ("constant", "invscaling", "adaptive"),
}

# A list is ordered, a tuple is not.
GRIDS = {
    "wine-sgd": (sgd, data(load_wine), LINEAR),
    "digits-sgd": (
        sgd,
        data(load_digits),
        LINEAR | {"alpha": logs(-6, 0, 4), "loss": ("log_loss", "hinge"), "penalty": ("l2", "elasticnet")},
    ),
    "diabetes-sgd": (sgd_regression, data(load_diabetes), LINEAR | {"loss": ("squared_error", "huber", "epsilon_insensitive")}),
    "cancer-boosting": (
        boosted_classes,
        data(load_breast_cancer, scaled=False),
        {
            "rate": logs(-2.5, 0, 6),
            "depth": [1, 2, 3, 5],
            "subsample": [0.5, 1.0],
            "leaf": [1, 9],
            "features": [0.1, 0.3, 1.0],
        },
    ),
    "cancer-sgd": (
        sgd,
        data(load_breast_cancer),
        LINEAR,
    ),
    "diabetes-boosting": (
        boosting,
        data(load_diabetes, scaled=False),
        {
            "rate": logs(-2.5, 0, 8),
            "depth": [1, 2, 3, 4, 5, 6],
            "subsample": [0.4, 0.7, 1.0],
            "leaf": [1, 3, 9, 27],
            "features": [0.3, 0.6, 1.0],
            "loss": ("squared_error", "huber"),
        },
    ),
    "digits-svm": (svm, data(load_digits), {"c": logs(-3, 3, 13), "gamma": logs(-5, 1, 13), "kernel": ("rbf", "poly", "sigmoid")}),
}


def word(values, value):
    return str(values.index(value)) if isinstance(values, list) else value


def table(name):
    function, of, grid = GRIDS[name]
    with (TABLES / f"{name}.csv").open("w") as out:
        out.write(",".join(f"{key}={len(values)}" if isinstance(values, list) else f"{key}={'|'.join(values)}" for key, values in grid.items()) + ",errors\n")
        for combination in itertools.product(*grid.values()):
            errors = function(*combination, of=of)
            words = [word(values, value) for values, value in zip(grid.values(), combination)]
            out.write(",".join(words) + "," + " ".join(str(round(10_000 * min(error, 9.9999))) for error in errors) + "\n")


TABLES.mkdir(exist_ok=True)
for one in sys.argv[1:] or GRIDS:
    table(one)
