"""Runs Ax's Gaussian process over the test functions; prints what `SearchBenchmark.java` prints. Ax must know a space whole, so no conditional ones."""

import itertools
import logging
import random
import sys
import warnings

import kept
import torch
from ax.api.client import Client
from ax.api.configs import ChoiceParameterConfig, RangeParameterConfig
from functions import FUNCTIONS, named

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)
torch.set_num_threads(1)


class Space:
    """Stands for a trial, to hear what a function asks for."""

    def __init__(self):
        self.parameters = []

    def suggest_float(self, name, low, high, log=False):
        scaling = "log" if log else "linear"
        self.parameters.append(RangeParameterConfig(name=name, bounds=(float(low), float(high)), parameter_type="float", scaling=scaling))
        return high

    def suggest_int(self, name, low, high, log=False):
        scaling = "log" if log else "linear"
        self.parameters.append(RangeParameterConfig(name=name, bounds=(low, high), parameter_type="int", scaling=scaling))
        return high

    def suggest_categorical(self, name, values):
        kind = "str" if isinstance(values[0], str) else "int"
        self.parameters.append(ChoiceParameterConfig(name=name, values=list(values), parameter_type=kind, is_ordered=kind == "int"))
        return values[0]


class Point:
    """Stands for a trial at a point that Ax has chosen."""

    def __init__(self, values):
        self.values = values

    def suggest_float(self, name, *_, **__):
        return self.values[name]

    suggest_int = suggest_categorical = suggest_float


def quality(method, name, trials, seed):
    function, noise = FUNCTIONS[name]
    chance = random.Random(seed * 1000 + 77)
    torch.manual_seed(seed)
    space = Space()
    function(space)
    client = Client(random_seed=seed)
    client.configure_experiment(parameters=space.parameters)
    client.configure_optimization(objective="-loss")
    client.configure_generation_strategy(method="fast", initialization_random_seed=seed)
    best = truth = float("inf")
    line = []
    while len(line) < trials:
        for index, values in client.get_next_trials(max_trials=1).items():
            real = function(Point(values))
            seen = real + noise * chance.gauss(0, 1)
            client.complete_trial(trial_index=index, raw_data={"loss": seen})
            if seen < best:
                best, truth = seen, real
            line.append(str(truth))
    print(method, name, seed, *line, flush=True)


def main(methods, names, trials, seeds, file):
    done = kept.done(file, int(trials))
    for seed, name in itertools.product(range(int(seeds)), named(names)):
        if name not in ("conditional", "optimizers") and (methods, name, seed) not in done:
            quality(methods, name, int(trials), seed)


main(*sys.argv[2:])
