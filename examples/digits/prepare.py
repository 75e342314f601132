"""Splits scikit-learn's digits (1,797 images of 8 x 8 pixels) into a training and a test part."""

import os
from pathlib import Path

import numpy
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

images, labels = load_digits(return_X_y=True)
parts = train_test_split(images / 16.0, labels, test_size=0.25, random_state=7, stratify=labels)
Path("data").mkdir(exist_ok=True)
for name, part in zip(["train_x", "test_x", "train_y", "test_y"], parts):
    numpy.save(f"data/{name}.npy", part)
print(f"{len(parts[0])} images to train on, {len(parts[1])} to test with")
with open(os.environ["FERRY_OUTPUT"], "a") as output:
    output.write(f"images={len(parts[0])}\n")
