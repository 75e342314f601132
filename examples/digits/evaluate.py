"""Holds every trained model against the test part, and says which is the best."""

import json
import os
import sys
from pathlib import Path

import joblib
import numpy

test_x, test_y = numpy.load("data/test_x.npy"), numpy.load("data/test_y.npy")
scores = {}
for activation in sys.argv[1:]:
    model = joblib.load(f"model-{activation}.joblib")
    scores[activation] = float(model.score(test_x, test_y))
    print(f"{activation}: test accuracy={scores[activation]:.4f}")
best = max(scores, key=scores.get)
Path("scores.json").write_text(json.dumps(scores, indent=2))
with open(os.environ["FERRY_OUTPUT"], "a") as output:
    output.write(f"best={best}\naccuracy={scores[best]:.4f}\n")
