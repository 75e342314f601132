package ferry.server.mlflow;

import ferry.query.Field;
import ferry.registry.LoggedModel;
import ferry.tracking.TrackedId;
import java.util.Comparator;
import java.util.Optional;

/** How lists of logged models are ordered: what has no such value comes last. */
final class LoggedModelOrder {
  private LoggedModelOrder() {}

  static Comparator<LoggedModel> of(Field field, boolean ascending) {
    return switch (field.kind()) {
      case METRIC -> by(model -> number(field.key(), model), ascending);
      case PARAM -> by(model -> Optional.ofNullable(model.params().get(field.key())), ascending);
      case TAG -> by(model -> Optional.ofNullable(model.tags().get(field.key())), ascending);
      case ATTRIBUTE ->
          switch (field.key()) {
            case "creation_timestamp" -> by(model -> Optional.of(model.created()), ascending);
            case "last_updated_timestamp" -> by(model -> Optional.of(model.updated()), ascending);
            default -> by(model -> Optional.of(text(field.key(), model)), ascending);
          };
      case DATASET -> (_, _) -> 0;
    };
  }

  /** What an order takes of a model. */
  private interface Value<T> {
    Optional<T> of(LoggedModel model);
  }

  private static <T extends Comparable<T>> Comparator<LoggedModel> by(
      Value<T> value, boolean ascending) {
    Comparator<T> order = ascending ? Comparator.naturalOrder() : Comparator.reverseOrder();
    return (left, right) -> {
      var a = value.of(left);
      var b = value.of(right);
      if (a.isEmpty() || b.isEmpty()) {
        return Boolean.compare(a.isEmpty(), b.isEmpty());
      }
      return order.compare(a.get(), b.get());
    };
  }

  private static Optional<Double> number(String key, LoggedModel model) {
    return model.metrics().stream()
        .filter(measure -> measure.metric().key().equals(key))
        .map(measure -> measure.metric().value())
        .filter(value -> !Double.isNaN(value))
        .findFirst();
  }

  /** An attribute that is a text. */
  static String text(String key, LoggedModel model) {
    return switch (key) {
      case "name" -> model.name();
      case "model_id" -> model.id();
      case "model_type" -> model.type();
      case "status" -> ModelShape.word(model.state()).replace("LOGGED_MODEL_", "");
      case "source_run_id" -> model.run().map(TrackedId::value).orElse("");
      default -> model.group();
    };
  }
}
