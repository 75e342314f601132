"""Trains a network on the prepared digits with the values it is given, and prints how it does on the test part."""

import argparse
import warnings

import numpy
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

arguments = argparse.ArgumentParser()
arguments.add_argument("--activation", default="relu")
arguments.add_argument("--lr", type=float, default=0.01)
arguments.add_argument("--alpha", type=float, default=1e-4)
arguments.add_argument("--units", type=int, default=64)
arguments.add_argument("--batch", type=int, default=200)
arguments.add_argument("--epochs", type=int, default=20)
arguments = arguments.parse_args()

warnings.filterwarnings("ignore", category=ConvergenceWarning)
part = {name: numpy.load(f"data/{name}.npy") for name in ["train_x", "train_y", "test_x", "test_y"]}
model = MLPClassifier(
    hidden_layer_sizes=(arguments.units,),
    activation=arguments.activation,
    learning_rate_init=arguments.lr,
    alpha=arguments.alpha,
    batch_size=arguments.batch,
    random_state=7,
)
for epoch in range(1, arguments.epochs + 1):
    model.partial_fit(part["train_x"], part["train_y"], classes=numpy.unique(part["train_y"]))
    test = model.score(part["test_x"], part["test_y"])
    print(f"epoch={epoch} loss={model.loss_:.4f} test_accuracy={test:.4f}", flush=True)
