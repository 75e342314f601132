"""Runs Optuna's samplers over the test functions; prints what `SearchBenchmark.java` prints."""

import itertools
import random
import subprocess
import sys
import time
import warnings

import kept
import optuna
from functions import FUNCTIONS, named, sphere

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.filterwarnings("ignore")


def sampler(name, seed):
    samplers = optuna.samplers
    return {
        "optuna-tpe": lambda: samplers.TPESampler(seed=seed),
        "optuna-tpe-multivariate": lambda: samplers.TPESampler(seed=seed, multivariate=True, group=True),
        "optuna-gp": lambda: samplers.GPSampler(seed=seed),
        "optuna-cma-es": lambda: samplers.CmaEsSampler(seed=seed),
        "optuna-random": lambda: samplers.RandomSampler(seed=seed),
    }[name]()


def run(name, function, noise, trials, seed):
    chance = random.Random(seed * 1000 + 77)
    pairs = []
    study = optuna.create_study(sampler=sampler(name, seed))
    for _ in range(trials):
        trial = study.ask()
        truth = function(trial)
        seen = truth + noise * chance.gauss(0, 1)
        study.tell(trial, seen)
        pairs.append((seen, truth))
    return pairs


def quality(method, name, trials, seed):
    function, noise = FUNCTIONS[name]
    best = truth = float("inf")
    line = []
    for seen, real in run(method, function, noise, trials, seed):
        if seen < best:
            best, truth = seen, real
        line.append(str(truth))
    print(method, name, seed, *line, flush=True)


def overhead(name, trials, file):
    def objective(trial):
        x = trial.suggest_float("x", 0, 1)
        subprocess.run(["true", str(x)], check=True)
        return x

    study = optuna.create_study(storage=f"sqlite:///{file}", sampler=sampler(name, 1))
    study.optimize(objective, n_trials=trials, n_jobs=2)


def main(what, *rest):
    if what == "quality":
        methods, names, trials, seeds, file = rest
        done = kept.done(file, int(trials))
        for seed, method, name in itertools.product(range(int(seeds)), methods.split(","), named(names)):
            if (method, name, seed) not in done:
                quality(method, name, int(trials), seed)
    elif what == "overhead":
        name, trials, file = rest
        overhead(name, int(trials), file)
    else:
        method, parameters, trials, rounds = rest
        for round_ in range(int(rounds)):
            start = time.process_time()
            run(method, sphere(int(parameters)), 0, int(trials), round_)
            print(time.process_time() - start, flush=True)


main(*sys.argv[1:])
