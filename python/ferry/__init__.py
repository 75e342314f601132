"""Takes machine-learning code from where it is written to where there is room to run it.

    import ferry

    run = ferry.run("python prepare.py >> python train.py --lr {lr}", params={"lr": 0.01})
    print(run.id, run.state)

and inside a step

    ferry.log(accuracy=0.97, step=3)
    ferry.invalid("3 heads for 64 units")       # of a trial whose values cannot work

What it does is what the command `ferry` does: the same runs, the same words, the same errors.
"""

from ferry._program import FerryError
from ferry._log import invalid, log
from ferry._run import Attempt, Run, RunFailed, Step, run

__all__ = ["Attempt", "FerryError", "Run", "RunFailed", "Step", "invalid", "log", "run"]
