package ferry.server.mlflow;

import ferry.registry.LoggedModel;
import ferry.registry.LoggedModels;
import ferry.server.http.Exchange;
import ferry.tracking.TrackedId;

/**
 * Which files a step may write and delete with its own token: those of the runs of its own run of
 * Ferry, and those of the models that these logged.
 */
final class ArtifactRights {
  private static final String MODELS = "models";

  private final Rights rights;
  private final LoggedModels models;

  ArtifactRights(Rights rights, LoggedModels models) {
    this.rights = rights;
    this.models = models;
  }

  /** Of a model that says no run, the files may come until it is complete. */
  void checkWrite(Exchange exchange, String path) {
    if (Rights.attempt(exchange).isPresent()) {
      var parts = parts(path);
      if (parts[1].equals(MODELS)) {
        checkModel(exchange, parts[2], true);
      } else {
        rights.checkWrite(exchange, run(parts[1]));
      }
    }
  }

  void checkDelete(Exchange exchange, String path) {
    if (Rights.attempt(exchange).isPresent()) {
      var parts = parts(path);
      if (parts[1].equals(MODELS)) {
        checkModel(exchange, parts[2], false);
      } else {
        rights.checkWrite(exchange, run(parts[1]));
      }
    }
  }

  private static String[] parts(String path) {
    var parts = path.split("/", 4);
    if (parts.length < 4) {
      throw MlflowProblem.denied(
          "a step may change files below those of its runs and models only, and not `"
              + path
              + "`");
    }
    return parts;
  }

  private static TrackedId run(String name) {
    return RunRoutes.id(name);
  }

  private void checkModel(Exchange exchange, String id, boolean mayBeOfNoRun) {
    var model =
        models
            .find(id)
            .orElseThrow(
                () -> MlflowProblem.missing("Logged model with ID '" + id + "' not found"));
    if (model.run().isPresent()) {
      rights.checkWrite(exchange, model.run().get());
    } else if (!mayBeOfNoRun || model.state() != LoggedModel.State.PENDING) {
      throw MlflowProblem.denied(
          "a step may not change the files of model `" + id + "`, which no run of its own logged");
    }
  }
}
