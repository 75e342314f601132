"""Stands for what a team does with a model that is good enough: here it gets its final name."""

import shutil
import sys

shutil.copyfile(f"model-{sys.argv[1]}.joblib", "model.joblib")
print(f"published {sys.argv[1]} as model.joblib")
