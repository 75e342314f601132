"""Everything of MLflow's tracking that a script uses, with the real client: run by checks/mlflow-clients."""

import math
import os
import tempfile
import time

import mlflow
import pandas
from mlflow import MlflowClient
from mlflow.entities import Metric

client = MlflowClient()
name = f"tracking-{time.time()}"
experiment = mlflow.set_experiment(name)


def code_of(action, *words, **more):
    try:
        action(*words, **more)
    except mlflow.exceptions.MlflowException as refused:
        return refused.error_code
    return None


with mlflow.start_run(run_name="first") as run:
    mlflow.log_param("lr", 0.1)
    mlflow.log_params({"a": 1, "b": "zwei"})
    for i in range(5):
        mlflow.log_metric("loss", 1 / (i + 1), step=i)
    mlflow.log_metrics({"acc": 0.9, "nan": math.nan, "inf": math.inf}, step=3)
    mlflow.set_tag("my tag", "x y")
    mlflow.set_tags({"t1": "1"})
    with mlflow.start_run(nested=True, run_name="child") as child:
        mlflow.log_metric("loss", 7)
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, "f.txt")
        with open(path, "w") as file:
            file.write("hallo")
        mlflow.log_artifact(path)
        mlflow.log_artifact(path, "sub/dir")
    mlflow.log_text("some text", "texts/\u00e4 b.txt")
    mlflow.log_dict({"k": 1}, "d.json")
id = run.info.run_id

seen = client.get_run(id)
assert seen.info.status == "FINISHED", seen.info
assert seen.data.params == {"lr": "0.1", "a": "1", "b": "zwei"}, seen.data.params
assert seen.data.metrics["loss"] == 0.2 and seen.data.metrics["inf"] == math.inf, seen.data.metrics
assert math.isnan(seen.data.metrics["nan"])
assert seen.data.tags["mlflow.runName"] == "first" and seen.data.tags["my tag"] == "x y", seen.data.tags
assert [point.value for point in client.get_metric_history(id, "loss")] == [1 / (i + 1) for i in range(5)]
assert client.get_run(child.info.run_id).data.tags["mlflow.parentRunId"] == id

# Files.
assert {file.path: file.is_dir for file in client.list_artifacts(id)} == {"d.json": False, "f.txt": False, "sub": True, "texts": True}
assert [(file.path, file.file_size) for file in client.list_artifacts(id, "texts")] == [("texts/\u00e4 b.txt", 9)]
assert mlflow.artifacts.load_text(run.info.artifact_uri + "/texts/\u00e4 b.txt") == "some text"
with open(client.download_artifacts(id, "") + "/sub/dir/f.txt") as file:
    assert file.read() == "hallo"

# Filters, orders and pages.
FILTERS = [
    ("metrics.loss < 1", 1),
    ("metrics.loss >= 7", 1),
    ("metrics.`nan` = 0", 0),
    ("params.lr = '0.1' and tags.`my tag` LIKE 'x%'", 1),
    ("tags.`my tag` LIKE 'X%'", 0),
    ("attributes.run_name ILIKE 'CHI%'", 1),
    (f"tags.mlflow.parentRunId = '{id}'", 1),
    ("status = 'FINISHED'", 2),
    (f"attributes.run_id IN ('{id}', 'x')", 1),
    ("params.b != 'zwei'", 0),
]
for filter, count in FILTERS:
    found = mlflow.search_runs([experiment.experiment_id], filter, output_format="list")
    assert len(found) == count, (filter, len(found))


def names(page):
    return [each.info.run_name for each in page]


assert names(client.search_runs([experiment.experiment_id], order_by=["metrics.loss DESC"])) == ["child", "first"]
first = client.search_runs([experiment.experiment_id], order_by=["metrics.loss ASC"], max_results=1)
assert names(first) == ["first"] and first.token
second = client.search_runs([experiment.experiment_id], order_by=["metrics.loss ASC"], max_results=1, page_token=first.token)
assert names(second) == ["child"] and not second.token

# What is refused, and how.
for bad in ["metrics.loss ~ 3", "foo.bar = 1", "metrics.loss = 'x'", "a b c", "metrics.loss > 1 OR metrics.loss < 2"]:
    assert code_of(client.search_runs, [experiment.experiment_id], bad) == "INVALID_PARAMETER_VALUE", bad
assert code_of(client.log_param, id, "lr", "7") == "INVALID_PARAMETER_VALUE"
assert code_of(client.get_run, "nobody") == "RESOURCE_DOES_NOT_EXIST"
assert code_of(client.create_experiment, name) == "RESOURCE_ALREADY_EXISTS"

# A client's retry sends the same points again.
points = [Metric("m", i, 1000 + i, i) for i in range(1000)]
client.log_batch(id, metrics=points)
client.log_batch(id, metrics=points)
assert len(client.get_metric_history(id, "m")) == 1000

# Delete and restore.
client.delete_run(child.info.run_id)
assert client.get_run(child.info.run_id).info.lifecycle_stage == "deleted"
assert names(client.search_runs([experiment.experiment_id])) == ["first"]
client.restore_run(child.info.run_id)
assert len(client.search_runs([experiment.experiment_id])) == 2
client.delete_tag(id, "t1")
assert "t1" not in client.get_run(id).data.tags
client.rename_experiment(experiment.experiment_id, name + "-b")
client.set_experiment_tag(experiment.experiment_id, "k", "v")
assert client.get_experiment_by_name(name + "-b").tags["k"] == "v"
assert [each.name for each in client.search_experiments(filter_string=f"name = '{name}-b'")] == [name + "-b"]
client.delete_experiment(experiment.experiment_id)
assert client.get_experiment(experiment.experiment_id).lifecycle_stage == "deleted"
client.restore_experiment(experiment.experiment_id)

# Data sets.
with mlflow.start_run() as other:
    data = mlflow.data.from_pandas(pandas.DataFrame({"a": [1.0]}), name="numbers", source="here")
    mlflow.log_input(data, context="training")
used = client.get_run(other.info.run_id).inputs.dataset_inputs
assert [each.dataset.name for each in used] == ["numbers"], used
wanted = "dataset.name = 'numbers' and dataset.context = 'training'"
assert len(mlflow.search_runs([experiment.experiment_id], wanted, output_format="list")) == 1
