"""Models with the real client, from log_model to stages and aliases: run by checks/mlflow-clients."""

import time
import warnings

import mlflow
from mlflow import MlflowClient
from mlflow.models import infer_signature
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression

warnings.filterwarnings("ignore")
MAJOR = int(mlflow.__version__.split(".")[0])
client = MlflowClient()
X, y = load_iris(return_X_y=True)
name = f"iris-{MAJOR}-{time.time_ns()}"
mlflow.set_experiment(name)


def code_of(action, *words):
    try:
        action(*words)
    except mlflow.exceptions.MlflowException as refused:
        return refused.error_code
    return None


def predicts_like(model, uri):
    return (mlflow.pyfunc.load_model(uri).predict(X) == model.predict(X)).all()


with mlflow.start_run() as run:
    model = LogisticRegression(max_iter=300).fit(X, y)
    place = {"name": "model"} if MAJOR >= 3 else {"artifact_path": "model"}
    signature = infer_signature(X, model.predict(X))
    info = mlflow.sklearn.log_model(model, signature=signature, input_example=X[:2], registered_model_name=name, **place)
    mlflow.log_metric("accuracy", model.score(X, y))
assert (mlflow.sklearn.load_model(info.model_uri).predict(X) == model.predict(X)).all()
assert predicts_like(model, f"models:/{name}/1")

mlflow.autolog()
with mlflow.start_run() as auto:
    forest = RandomForestClassifier(n_estimators=5).fit(X, y)
mlflow.autolog(disable=True)
logged = client.get_run(auto.info.run_id).data
assert "n_estimators" in logged.params and "training_accuracy_score" in logged.metrics, logged

assert int(mlflow.register_model(f"runs:/{auto.info.run_id}/model", name).version) == 2
client.set_registered_model_alias(name, "champion", "2")
champion = client.get_model_version_by_alias(name, "champion")
assert int(champion.version) == 2 and list(champion.aliases) == ["champion"], champion
assert predicts_like(forest, f"models:/{name}@champion")
assert code_of(client.set_registered_model_alias, name, "v3", "2") == "INVALID_PARAMETER_VALUE"

client.transition_model_version_stage(name, 1, "Production")
client.transition_model_version_stage(name, 2, "Production", archive_existing_versions=True)
latest = client.get_latest_versions(name, ["Production"])
assert [(int(each.version), each.current_stage) for each in latest] == [(2, "Production")], latest
assert client.get_model_version(name, "1").current_stage == "Archived"
assert predicts_like(forest, f"models:/{name}/Production")

client.update_registered_model(name, "about irises")
client.set_registered_model_tag(name, "k", "v")
client.set_model_version_tag(name, "1", "q", "w")
client.update_model_version(name, "1", "first")
registered = client.get_registered_model(name)
assert registered.description == "about irises" and registered.tags == {"k": "v"}, registered
assert int(registered.aliases["champion"]) == 2, registered
assert sorted(int(each.version) for each in client.search_model_versions(f"name = '{name}'")) == [1, 2]
assert len(client.search_model_versions(f"run_id = '{run.info.run_id}'")) == 1
assert [each.name for each in client.search_registered_models(f"name = '{name}'")] == [name]
client.delete_registered_model_alias(name, "champion")
client.delete_registered_model_tag(name, "k")
client.delete_model_version_tag(name, "1", "q")
client.delete_model_version(name, "1")
assert code_of(client.get_model_version, name, "1") == "RESOURCE_DOES_NOT_EXIST"
assert code_of(client.create_registered_model, name) == "RESOURCE_ALREADY_EXISTS"
client.rename_registered_model(name, name + "-b")
client.delete_registered_model(name + "-b")

if MAJOR >= 3:
    experiment = run.info.experiment_id
    assert len(client.search_logged_models([experiment])) >= 2
    found = mlflow.get_logged_model(info.model_id)
    assert found.source_run_id == run.info.run_id and str(found.status) == "READY", found
    client.set_logged_model_tags(info.model_id, {"a": "b"})
    assert mlflow.get_logged_model(info.model_id).tags["a"] == "b"
    client.delete_logged_model_tag(info.model_id, "a")
    with mlflow.start_run(run_id=run.info.run_id):
        mlflow.log_metric("f1", 0.75, model_id=info.model_id)
    metrics = mlflow.get_logged_model(info.model_id).metrics
    assert [each.value for each in metrics if each.key == "f1"] == [0.75], metrics
    best = client.search_logged_models([experiment], "metrics.f1 > 0.7")
    assert [each.model_id for each in best] == [info.model_id], best
    assert client.get_run(run.info.run_id).outputs.model_outputs[0].model_id == info.model_id
