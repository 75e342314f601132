package ferry.server.mlflow;

import ferry.query.Clause;
import ferry.query.Field;
import ferry.query.FilterReader;
import ferry.query.Order;
import ferry.query.Vocabulary;
import ferry.server.http.Exchange;
import ferry.server.http.JsonWriter;
import ferry.tracking.RunGroup;
import ferry.tracking.RunGroups;
import ferry.tracking.TrackedRuns.View;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** {@code /mlflow/experiments}: groups of runs. */
final class ExperimentRoutes {
  private static final int USUAL = 1000;
  private static final int MOST = 50_000;

  private final RunGroups groups;

  ExperimentRoutes(RunGroups groups) {
    this.groups = groups;
  }

  void add(Endpoints to) {
    to.add("POST", "/experiments/create", (asked, _) -> create(asked));
    to.add("GET", "/experiments/get", (asked, _) -> answer(existing(asked.text("experiment_id"))));
    to.add("GET", "/experiments/get-by-name", (asked, _) -> named(asked));
    to.add("POST", "/experiments/search", (asked, _) -> search(asked));
    to.add("GET", "/experiments/search", (asked, _) -> search(asked));
    to.add("POST", "/experiments/update", (asked, _) -> update(asked));
    to.add("POST", "/experiments/delete", (asked, by) -> delete(asked, by, true));
    to.add("POST", "/experiments/restore", (asked, by) -> delete(asked, by, false));
    to.add("POST", "/experiments/set-experiment-tag", (asked, _) -> tag(asked));
    to.add("POST", "/experiments/delete-experiment-tag", (asked, _) -> untag(asked));
  }

  private JsonWriter.Content delete(Parameters asked, Exchange by, boolean isDeleted) {
    Rights.checkOwner(by, isDeleted ? "delete an experiment" : "restore an experiment");
    groups.setDeleted(asked.text("experiment_id"), isDeleted);
    return Endpoints.NOTHING;
  }

  private JsonWriter.Content tag(Parameters asked) {
    groups.tag(
        asked.text("experiment_id"),
        Limits.key("Experiment tag", asked.text("key")),
        Limits.groupTag(asked.given("value")));
    return Endpoints.NOTHING;
  }

  private JsonWriter.Content untag(Parameters asked) {
    groups.untag(asked.text("experiment_id"), asked.text("key"));
    return Endpoints.NOTHING;
  }

  private JsonWriter.Content create(Parameters asked) {
    var tags = new LinkedHashMap<String, String>();
    Limits.newTags(asked.objects("tags").size());
    for (var tag : asked.objects("tags")) {
      tags.put(Limits.key("Experiment tag", tag.text("key")), Limits.groupTag(tag.given("value")));
    }
    var place = asked.optionalText("artifact_location").filter(text -> !text.isEmpty());
    var group = groups.create(Limits.groupName(asked.text("name")), place, tags);
    return json -> json.text("experiment_id", group.id());
  }

  private RunGroup existing(String id) {
    return groups
        .find(id)
        .orElseThrow(() -> MlflowProblem.missing("No Experiment with id=" + id + " exists"));
  }

  private JsonWriter.Content named(Parameters asked) {
    var name = asked.text("experiment_name");
    return answer(
        groups
            .named(name)
            .orElseThrow(
                () -> MlflowProblem.missing("Could not find experiment with name '" + name + "'")));
  }

  private JsonWriter.Content update(Parameters asked) {
    var id = existing(asked.text("experiment_id")).id();
    groups.rename(id, Limits.groupName(asked.text("new_name")));
    return Endpoints.NOTHING;
  }

  private JsonWriter.Content search(Parameters asked) {
    var paging = Paging.of(asked, USUAL, MOST);
    var view = view(asked, "view_type");
    var clauses = FilterReader.filter(asked.optionalText("filter").orElse(""), Vocabulary.GROUPS);
    var orders =
        asked.texts("order_by").stream()
            .map(text -> FilterReader.order(text, Vocabulary.GROUPS))
            .toList();
    var all =
        groups.all().stream()
            .filter(group -> isSeen(view, group.deleted().isPresent()))
            .filter(group -> clauses.stream().allMatch(clause -> holds(clause, group)))
            .sorted(order(orders))
            .toList();
    var page = paging.of(all, Weight::of);
    return json ->
        json.list("experiments", page.entries(), ExperimentRoutes::write)
            .text("next_page_token", page.next());
  }

  static View view(Parameters asked, String name) {
    var word = asked.optionalText(name).orElse("ACTIVE_ONLY");
    return switch (word) {
      case "ACTIVE_ONLY", "1" -> View.ACTIVE;
      case "DELETED_ONLY", "2" -> View.DELETED;
      case "ALL", "3" -> View.ALL;
      default ->
          throw MlflowProblem.invalid(
              "Invalid value "
                  + word
                  + " for parameter '"
                  + name
                  + "' supplied; expected"
                  + " ACTIVE_ONLY, DELETED_ONLY or ALL");
    };
  }

  private static boolean isSeen(View view, boolean isDeleted) {
    return switch (view) {
      case ALL -> true;
      case ACTIVE -> !isDeleted;
      case DELETED -> isDeleted;
    };
  }

  private static boolean holds(Clause clause, RunGroup group) {
    if (clause.field().kind() == Field.Kind.TAG) {
      return clause.holds(Optional.ofNullable(group.tags().get(clause.field().key())));
    }
    return switch (clause.field().key()) {
      case "name" -> clause.holds(Optional.of(group.name()));
      case "experiment_id" -> clause.holds(Optional.of(group.id()));
      case "creation_time" ->
          clause.holds(OptionalDouble.of((double) group.created().toEpochMilli()));
      default -> clause.holds(OptionalDouble.of((double) group.updated().toEpochMilli()));
    };
  }

  private static Comparator<RunGroup> order(List<Order> orders) {
    Comparator<RunGroup> all = (_, _) -> 0;
    for (var order : orders) {
      var one = order(order.field().key());
      all = all.thenComparing(order.ascending() ? one : one.reversed());
    }
    var newest =
        Comparator.comparing(RunGroup::created)
            .thenComparingLong(group -> Long.parseLong(group.id()))
            .reversed();
    return all.thenComparing(newest);
  }

  private static Comparator<RunGroup> order(String key) {
    return switch (key) {
      case "name" -> Comparator.comparing(RunGroup::name);
      case "experiment_id" -> Comparator.comparingLong(group -> Long.parseLong(group.id()));
      case "creation_time" -> Comparator.comparing(RunGroup::created);
      default -> Comparator.comparing(RunGroup::updated);
    };
  }

  private static JsonWriter.Content answer(RunGroup group) {
    return json -> json.object("experiment", experiment -> write(experiment, group));
  }

  private static void write(JsonWriter json, RunGroup group) throws IOException {
    json.text("experiment_id", group.id())
        .text("name", group.name())
        .text("artifact_location", group.artifacts())
        .text("lifecycle_stage", group.deleted().isPresent() ? "deleted" : "active")
        .number("last_update_time", group.updated().toEpochMilli())
        .number("creation_time", group.created().toEpochMilli());
    texts(json, "tags", group.tags());
  }

  /** Names and texts as MLflow writes them: a list of keys and values. */
  static void texts(JsonWriter json, String name, Map<String, String> texts) throws IOException {
    json.list(
        name,
        texts.entrySet(),
        (one, entry) -> one.text("key", entry.getKey()).text("value", entry.getValue()));
  }
}
