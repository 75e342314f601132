package ferry.registry;

import ferry.tracking.TrackedId;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One version of a model.
 *
 * @param number counted from 1; a deleted version's number is not given again
 * @param source where its files lie, like {@code mlflow-artifacts:/…}
 * @param run the tracked run that it came from
 * @param loggedModel the id of the logged model that it is
 */
public record ModelVersion(
    String model,
    int number,
    Stage stage,
    String description,
    String user,
    Instant created,
    Instant updated,
    String source,
    Optional<TrackedId> run,
    Optional<String> runLink,
    Optional<String> loggedModel,
    Map<String, String> tags) {
  public ModelVersion {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  public ModelVersion withStage(Stage next) {
    return new ModelVersion(
        model,
        number,
        next,
        description,
        user,
        created,
        updated,
        source,
        run,
        runLink,
        loggedModel,
        tags);
  }

  public ModelVersion withDescription(String text) {
    return new ModelVersion(
        model,
        number,
        stage,
        text,
        user,
        created,
        updated,
        source,
        run,
        runLink,
        loggedModel,
        tags);
  }

  public ModelVersion withTags(Map<String, String> others) {
    return new ModelVersion(
        model,
        number,
        stage,
        description,
        user,
        created,
        updated,
        source,
        run,
        runLink,
        loggedModel,
        others);
  }
}
