package ferry.server.mlflow;

import ferry.tracking.TrackedRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Data sets as {@code runs/log-inputs} brings them, within MLflow's bounds. */
final class DatasetInput {
  private static final int LONGEST_NAME = 500;
  private static final int LONGEST_DIGEST = 36;
  private static final int LONGEST_TAG = 500;

  /** What is said of a data set besides its name and digest, and the most characters of it. */
  private static final List<Map.Entry<String, Integer>> FIELDS =
      List.of(
          Map.entry("source_type", LONGEST_NAME),
          Map.entry("source", (1 << 16) - 1),
          Map.entry("schema", (1 << 20) - 1),
          Map.entry("profile", (1 << 24) - 1));

  private DatasetInput() {}

  static TrackedRun.Dataset read(Parameters input) {
    var tags = new LinkedHashMap<String, String>();
    for (var tag : input.objects("tags")) {
      tags.put(
          Limits.key("Tag", tag.text("key")),
          Limits.length("Input tag value", tag.given("value"), LONGEST_TAG));
    }
    var dataset =
        input
            .object("dataset")
            .orElseThrow(
                () -> MlflowProblem.invalid("Missing value for required parameter 'dataset'."));
    var fields = new LinkedHashMap<String, String>();
    for (var field : FIELDS) {
      var name = field.getKey();
      dataset
          .optionalText(name)
          .map(text -> Limits.length("Dataset " + name, text, field.getValue()))
          .ifPresent(text -> fields.put(name, text));
    }
    return new TrackedRun.Dataset(
        Limits.length("Dataset name", dataset.text("name"), LONGEST_NAME),
        Limits.length("Dataset digest", dataset.text("digest"), LONGEST_DIGEST),
        fields,
        tags);
  }
}
