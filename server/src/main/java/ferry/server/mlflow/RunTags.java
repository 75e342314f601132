package ferry.server.mlflow;

import ferry.query.Clause;
import ferry.query.Field;
import ferry.query.Order;
import ferry.tracking.TrackedId;
import ferry.tracking.TrackedRun;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tags by which MLflow says what Ferry keeps in places of its own: a run's name, its user, its
 * parent, and of Ferry's own runs what ran.
 */
final class RunTags {
  static final String NAME = "mlflow.runName";
  static final String PARENT = "mlflow.parentRunId";
  static final String USER = "mlflow.user";

  /** Ferry's tags, and what MLflow calls the same. */
  private static final Map<String, String> SAME =
      Map.of(
          "ferry.command", "mlflow.source.name",
          "ferry.code.commit", "mlflow.source.git.commit");

  private RunTags() {}

  static Map<String, String> of(TrackedRun run) {
    var tags = new TreeMap<>(run.tags());
    SAME.forEach((ours, theirs) -> {
      if (run.tags().containsKey(ours)) {
        tags.putIfAbsent(theirs, run.tags().get(ours));
      }
    });
    if (tags.containsKey("ferry.command")) {
      tags.putIfAbsent("mlflow.source.type", "JOB");
    }
    tags.put(NAME, run.name());
    if (!run.user().isEmpty()) {
      tags.put(USER, run.user());
    }
    run.parent().ifPresent(parent -> tags.put(PARENT, parent.value()));
    return tags;
  }

  /** The run that a tag names as the parent. */
  static Optional<TrackedId> parent(String value) {
    return TrackedId.isGood(value) ? Optional.of(new TrackedId(value)) : Optional.empty();
  }

  /** A clause about such a tag, as one about what it stands for. */
  static Clause translated(Clause clause) {
    return new Clause(translated(clause.field()), clause.operator(), clause.operand());
  }

  static Order translated(Order order) {
    return new Order(translated(order.field()), order.ascending());
  }

  private static Field translated(Field field) {
    if (field.kind() != Field.Kind.TAG) {
      return field;
    }
    return switch (field.key()) {
      case NAME -> Field.attribute("run_name");
      case USER -> Field.attribute("user_id");
      case PARENT -> Field.attribute("parent");
      default -> field;
    };
  }
}
