"""A step that logs to MLflow as if there were no Ferry: run by checks/mlflow-clients inside a workflow."""

import json
import sys

import mlflow
from mlflow import MlflowClient


def refusal(action, *words):
    try:
        action(*words)
    except mlflow.exceptions.MlflowException as refused:
        return refused.error_code
    return "done"


with mlflow.start_run() as here:
    mlflow.log_metric("accuracy", 0.5)
mlflow.set_experiment("elsewhere")
with mlflow.start_run() as there:
    mlflow.log_metric("accuracy", 0.75)
client = MlflowClient()
seen = {
    "here": client.get_run(here.info.run_id).data.tags["mlflow.parentRunId"],
    "there": client.get_run(there.info.run_id).data.tags["mlflow.parentRunId"],
    "group": client.get_experiment(here.info.experiment_id).name,
    "delete": refusal(client.delete_experiment, here.info.experiment_id),
    "foreign": refusal(client.log_metric, sys.argv[1], "accuracy", 1.0),
}
with open("seen.json", "w") as file:
    json.dump(seen, file)
