package ferry.query;

import ferry.query.Field.Kind;
import java.util.Map;
import java.util.Set;

/**
 * What can be asked of one kind of thing.
 *
 * @param texts attributes that are texts
 * @param numbers attributes that are numbers
 * @param lists attributes that can be compared with a list
 * @param orders attributes to order by
 * @param kinds what else it has
 * @param aliases other names of attributes
 */
public record Vocabulary(
    Set<String> texts,
    Set<String> numbers,
    Set<String> lists,
    Set<String> orders,
    Set<Kind> kinds,
    Map<String, String> aliases) {

  /** Runs. */
  public static final Vocabulary RUNS =
      new Vocabulary(
          Set.of("run_id", "run_name", "user_id", "status", "artifact_uri", "lifecycle_stage"),
          Set.of("start_time", "end_time"),
          Set.of("run_id"),
          Set.of(
              "run_id", "run_name", "user_id", "status", "artifact_uri", "start_time", "end_time"),
          Set.of(Kind.METRIC, Kind.PARAM, Kind.TAG, Kind.DATASET),
          Map.of(
              "created", "start_time",
              "Created", "start_time",
              "run name", "run_name",
              "Run name", "run_name",
              "Run Name", "run_name"));

  /** Groups of runs, MLflow's experiments. */
  public static final Vocabulary GROUPS =
      new Vocabulary(
          Set.of("name", "experiment_id"),
          Set.of("creation_time", "last_update_time"),
          Set.of("experiment_id"),
          Set.of("name", "experiment_id", "creation_time", "last_update_time"),
          Set.of(Kind.TAG),
          Map.of());

  /** Registered models. */
  public static final Vocabulary MODELS =
      new Vocabulary(
          Set.of("name"),
          Set.of(),
          Set.of("name"),
          Set.of("name", "creation_timestamp", "last_updated_timestamp"),
          Set.of(Kind.TAG),
          Map.of("timestamp", "last_updated_timestamp"));

  /** Versions of registered models. */
  public static final Vocabulary VERSIONS =
      new Vocabulary(
          Set.of("name", "run_id", "source_path"),
          Set.of("version_number"),
          Set.of("name", "run_id"),
          Set.of("name", "version_number", "creation_timestamp", "last_updated_timestamp"),
          Set.of(Kind.TAG),
          Map.of("timestamp", "last_updated_timestamp"));

  /** Models that runs logged. */
  public static final Vocabulary LOGGED_MODELS =
      new Vocabulary(
          Set.of("name", "model_id", "model_type", "status", "source_run_id", "experiment_id"),
          Set.of("creation_timestamp", "last_updated_timestamp"),
          Set.of("name", "model_id", "model_type", "status", "source_run_id"),
          Set.of(
              "name",
              "model_id",
              "model_type",
              "status",
              "source_run_id",
              "experiment_id",
              "creation_timestamp",
              "creation_time",
              "last_updated_timestamp"),
          Set.of(Kind.METRIC, Kind.PARAM, Kind.TAG),
          Map.of());

  public Vocabulary {
    texts = Set.copyOf(texts);
    numbers = Set.copyOf(numbers);
    lists = Set.copyOf(lists);
    orders = Set.copyOf(orders);
    kinds = Set.copyOf(kinds);
    aliases = Map.copyOf(aliases);
  }

  /** What a filter looks like, for those who wrote none. */
  String filterExample() {
    return "a filter looks like this: "
        + (kinds.contains(Kind.METRIC)
            ? "metrics.accuracy > 0.9 AND params.lr = '0.1' AND tags.`my tag` LIKE 'a%'"
            : "name LIKE 'a%' AND tags.`my tag` = 'b'");
  }

  /** What an order looks like, for those who wrote none. */
  String orderExample() {
    return "an order looks like this: "
        + (kinds.contains(Kind.METRIC) ? "metrics.accuracy DESC" : "name DESC");
  }
}
