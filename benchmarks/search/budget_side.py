"""What `Budgets.java` measures, for others' successive halving: units of training until an error is within 0.01 of the least in a table.

Their schedulers decide as they do in a real search; workers and training are simulated as `Simulation` does it: four workers, unevenly fast.
"""

import heapq
import random
import sys

import optuna
from functions import point, read_table

NEAR, TRIALS, WORKERS, UNITS, UNEVEN = 0.01, 1000, 4, 27, 0.2

optuna.logging.set_verbosity(optuna.logging.ERROR)


class OptunaHalving:
    """Optuna's asynchronous successive halving over its random points, with the rungs that the others have."""

    def __init__(self, seed):
        pruner = optuna.pruners.SuccessiveHalvingPruner(min_resource=1, reduction_factor=4)
        self.study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=seed), pruner=pruner)

    def trial(self):
        return self.study.ask()

    def goes_on(self, trial, units, error):
        trial.report(error, units)
        return units < UNITS and not trial.should_prune()

    def over(self, trial, units, error):
        if units == UNITS:
            self.study.tell(trial, error)
        else:
            self.study.tell(trial, state=optuna.trial.TrialState.PRUNED)


class RayAsha:
    """Ray Tune's ASHAScheduler over random points."""

    class Trial:
        def __init__(self, number, chance):
            self.trial_id, self.chance = f"{number:05d}", chance

        def suggest_int(self, _, low, high):
            return self.chance.randint(low, high)

        def suggest_categorical(self, _, words):
            return self.chance.choice(words)

    def __init__(self, seed):
        from ray.tune.schedulers import ASHAScheduler

        self.chance, self.number = random.Random(seed), 0
        self.scheduler = ASHAScheduler(metric="error", mode="min", max_t=UNITS, grace_period=1, reduction_factor=4)

    def trial(self):
        self.number += 1
        trial = RayAsha.Trial(self.number, self.chance)
        self.scheduler.on_trial_add(None, trial)
        return trial

    def goes_on(self, trial, units, error):
        return self.scheduler.on_trial_result(None, trial, {"training_iteration": units, "error": error}) == self.scheduler.CONTINUE

    def over(self, trial, units, error):
        self.scheduler.on_trial_complete(None, trial, {"training_iteration": units, "error": error})


def units(axes, errors, side, wanted, seed):
    chance, agenda, begun, trained = random.Random(seed), [], 0, 0

    def schedule(now, trial, curve, pace, done):
        heapq.heappush(agenda, (now + pace * (1 + 0.1 * UNEVEN * chance.random()), chance.random(), trial, curve, pace, done))

    def begin(now):
        trial = side.trial()
        schedule(now, trial, errors[point(axes, trial)], 1 + UNEVEN * chance.random(), 0)

    for _ in range(WORKERS):
        begin(0)
    while agenda and begun < TRIALS:
        now, _, trial, curve, pace, done = heapq.heappop(agenda)
        done, trained, error = done + 1, trained + 1, curve[done]
        if error <= wanted:
            return trained
        if side.goes_on(trial, done, error) and done < UNITS:
            schedule(now, trial, curve, pace, done)
        else:
            side.over(trial, done, error)
            begun += 1
            begin(now)
    return trained


SIDES = {"optuna-halving": OptunaHalving, "ray-asha": RayAsha}


def main(methods, tables, seeds):
    for method in methods.split(","):
        for table in tables.split(","):
            axes, errors = read_table(table)
            best = min(min(curve) for curve in errors.values())
            for seed in range(int(seeds)):
                print(method, table, seed, units(axes, errors, SIDES[method](seed), best + NEAR, seed), flush=True)


main(*sys.argv[1:])
