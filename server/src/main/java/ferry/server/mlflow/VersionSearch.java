package ferry.server.mlflow;

import ferry.query.Clause;
import ferry.query.Field;
import ferry.query.FilterReader;
import ferry.query.Order;
import ferry.query.Vocabulary;
import ferry.registry.Model;
import ferry.registry.ModelRegistry;
import ferry.registry.ModelVersion;
import ferry.server.http.JsonWriter;
import ferry.tracking.TrackedId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds versions of models. */
final class VersionSearch {
  private static final int USUAL = 10_000;
  private static final int MOST = 200_000;

  private final ModelRegistry models;

  VersionSearch(ModelRegistry models) {
    this.models = models;
  }

  JsonWriter.Content answer(Parameters asked) {
    var paging = Paging.of(asked, USUAL, MOST);
    var asking =
        Prompts.of(
            FilterReader.filter(asked.optionalText("filter").orElse(""), Vocabulary.VERSIONS));
    var orders =
        asked.texts("order_by").stream()
            .map(text -> FilterReader.order(text, Vocabulary.VERSIONS))
            .toList();
    var owners = models.all().stream().collect(Collectors.toMap(Model::name, Function.identity()));
    var all =
        models.allVersions().stream()
            .filter(version -> owners.containsKey(version.model()))
            .filter(version -> asking.fits(version.tags()))
            .filter(version -> asking.others().stream().allMatch(one -> holds(one, version)))
            .sorted(order(orders))
            .toList();
    var page = paging.of(all, Weight::of);
    return json ->
        json.list(
                "model_versions",
                page.entries(),
                (one, version) ->
                    ModelShape.version(
                        one, version, Objects.requireNonNull(owners.get(version.model()))))
            .text("next_page_token", page.next());
  }

  private static boolean holds(Clause clause, ModelVersion version) {
    if (clause.field().kind() == Field.Kind.TAG) {
      return clause.holds(Optional.ofNullable(version.tags().get(clause.field().key())));
    }
    return switch (clause.field().key()) {
      case "name" -> clause.holds(Optional.of(version.model()));
      case "run_id" -> clause.holds(Optional.of(version.run().map(TrackedId::value).orElse("")));
      case "source_path" -> clause.holds(Optional.of(version.source()));
      default -> clause.holds(OptionalDouble.of(version.number()));
    };
  }

  private static Comparator<ModelVersion> order(List<Order> orders) {
    Comparator<ModelVersion> all = (_, _) -> 0;
    for (var order : orders) {
      var one = order(order.field().key());
      all = all.thenComparing(order.ascending() ? one : one.reversed());
    }
    return all.thenComparing(Comparator.comparing(ModelVersion::updated).reversed())
        .thenComparing(ModelVersion::model)
        .thenComparing(Comparator.comparingInt(ModelVersion::number).reversed());
  }

  private static Comparator<ModelVersion> order(String key) {
    return switch (key) {
      case "name" -> Comparator.comparing(ModelVersion::model);
      case "version_number" -> Comparator.comparingInt(ModelVersion::number);
      case "creation_timestamp" -> Comparator.comparing(ModelVersion::created);
      default -> Comparator.comparing(ModelVersion::updated);
    };
  }
}
