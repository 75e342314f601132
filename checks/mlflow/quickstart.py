"""MLflow's first steps as its documentation teaches them: nothing in here knows of Ferry, the environment alone says where the
server is. Run by checks/mlflow-clients."""

import mlflow
import pandas
from mlflow.models import infer_signature
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split

features, labels = load_iris(return_X_y=True)
train_x, test_x, train_y, test_y = train_test_split(features, labels, test_size=0.2, random_state=8888)
settings = {"solver": "lbfgs", "max_iter": 1000, "random_state": 8888}

mlflow.set_experiment("Iris quickstart")

with mlflow.start_run():
    mlflow.log_params(settings)
    model = LogisticRegression(**settings)
    model.fit(train_x, train_y)
    accuracy = accuracy_score(test_y, model.predict(test_x))
    mlflow.log_metric("accuracy", accuracy)
    mlflow.set_tag("Training Info", "Basic LR model for iris data")
    logged = mlflow.sklearn.log_model(
        model,
        "iris_model",
        signature=infer_signature(train_x, model.predict(train_x)),
        input_example=train_x,
        registered_model_name="iris-quickstart",
    )

loaded = mlflow.pyfunc.load_model(logged.model_uri)
predictions = loaded.predict(test_x)
result = pandas.DataFrame(test_x, columns=load_iris().feature_names)
result["actual_class"], result["predicted_class"] = test_y, predictions
print(result[:4])

runs = mlflow.search_runs(experiment_names=["Iris quickstart"], filter_string="metrics.accuracy > 0.9", order_by=["metrics.accuracy DESC"])
assert len(runs) and runs["metrics.accuracy"][0] == accuracy and runs["params.solver"][0] == "lbfgs", runs
assert accuracy_score(test_y, predictions) == accuracy
