"""Trains a small network on the prepared digits and keeps it as model-<activation>.joblib."""

import argparse
import warnings

import joblib
import numpy
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

arguments = argparse.ArgumentParser()
arguments.add_argument("--activation", default="relu")
arguments.add_argument("--epochs", type=int, default=20)
arguments = arguments.parse_args()

warnings.filterwarnings("ignore", category=ConvergenceWarning)
train_x, train_y = numpy.load("data/train_x.npy"), numpy.load("data/train_y.npy")
model = MLPClassifier(
    hidden_layer_sizes=(64,), activation=arguments.activation, learning_rate_init=0.01, random_state=7
)
for epoch in range(1, arguments.epochs + 1):
    model.partial_fit(train_x, train_y, classes=numpy.unique(train_y))
    print(f"epoch={epoch} loss={model.loss_:.4f} accuracy={model.score(train_x, train_y):.4f}", flush=True)
joblib.dump(model, f"model-{arguments.activation}.joblib")
