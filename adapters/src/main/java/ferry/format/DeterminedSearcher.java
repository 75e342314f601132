package ferry.format;

import ferry.error.UserException;
import ferry.experiment.Budget;
import ferry.experiment.Objective;
import ferry.experiment.Search;
import ferry.experiment.SearchReader.Wishes;
import ferry.search.Goal;
import ferry.search.SearchPlan;
import ferry.search.Searcher;
import ferry.search.Strategy;
import ferry.search.space.Space;
import ferry.workflow.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The {@code searcher} of Determined's experiment configuration, in both spellings of length. */
final class DeterminedSearcher {
  private static final List<String> KNOWN =
      List.of("single", "random", "grid", "async_halving", "adaptive_asha", "pbt");
  private static final List<String> GONE =
      List.of("adaptive", "adaptive_simple", "sync_halving", "custom");
  private static final List<String> UNITS = List.of("batches", "records", "epochs");
  private static final int USUAL_PARALLEL = 16;
  private static final int MOST_TRIALS = 1_000_000;

  private final Foreign fields;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private Optional<String> unit = Optional.empty();
  private OptionalLong length = OptionalLong.empty();

  DeterminedSearcher(Foreign fields) {
    this.fields = fields;
  }

  Search read(Space space, long seed, Wishes wishes) {
    var name = fields.neededText("name", "one of " + String.join(", ", KNOWN));
    check(name);
    length(name);
    settings(name);
    var metric = fields.neededText("metric", "the name of the metric that is reported");
    boolean smaller = fields.truth("smaller_is_better", true);
    long parallel = fields.number("max_concurrent_trials", 0).orElse(USUAL_PARALLEL);
    int trials = trials(name);
    fields.rest("source_trial_id", "source_checkpoint_uuid");
    var plan =
        new SearchPlan(
            space,
            smaller ? Goal.MINIMIZE : Goal.MAXIMIZE,
            method(name),
            settings,
            wished(wishes, "trials", trials),
            wished(wishes, "parallel", (int) Math.min(parallel, 10_000)),
            length,
            seed,
            OptionalDouble.empty(),
            OptionalInt.empty(),
            List.of(),
            List.of(),
            Strategy.BEST);
    try {
      new Searcher(plan);
    } catch (UserException e) {
      throw e.at(fields.place("name"));
    }
    var objective =
        new Objective(
            metric,
            unit,
            Optional.ofNullable(wishes.settings().get("metric_pattern")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new Search(plan, objective, Budget.NONE);
  }

  private static int wished(Wishes wishes, String key, int own) {
    var text = wishes.settings().getOrDefault(key, "");
    return text.matches("[0-9]{1,6}") ? Math.max(1, Integer.parseInt(text)) : own;
  }

  private void check(String name) {
    if (GONE.contains(name)) {
      throw fields.bad(
          "name",
          "`" + name + "`, which Determined itself has given up",
          "one of " + String.join(", ", KNOWN),
          "`adaptive_asha` has taken its place");
    }
    if (!KNOWN.contains(name)) {
      var near = Names.nearest(name, KNOWN).map(word -> "did you mean `" + word + "`?");
      throw fields.bad(
          "name",
          "`" + name + "`",
          "one of " + String.join(", ", KNOWN),
          near.stream().toArray(String[]::new));
    }
  }

  private static String method(String name) {
    return name.equals("async_halving") ? "asha" : name;
  }

  /** {@code max_length: {epochs: 32}} of older versions, {@code max_time} of newer ones. */
  private void length(String name) {
    unit = fields.text("time_metric");
    length = fields.number("max_time", 1);
    var old = fields.node("max_length");
    if (old.isPresent() && length.isPresent()) {
      throw fields.bad(
          "max_length", "given beside `max_time`", "one of the two spellings of length");
    }
    if (old.isPresent() && old.get() instanceof Node.Scalar) {
      length = fields.number("max_length", 1);
    } else if (old.isPresent()) {
      ofUnit(fields.inner(old.get(), "max_length"));
    }
    boolean rungs = name.equals("async_halving") || name.equals("adaptive_asha");
    if (rungs && length.isEmpty()) {
      fields.needed(
          "max_time", "`time_metric: epochs` and `max_time: 32`, or `max_length: {epochs: 32}`");
    }
    if (rungs) {
      boolean newer = old.isEmpty();
      settings.put("stop_once", Boolean.toString(fields.truth("stop_once", newer)));
    }
  }

  private void ofUnit(Foreign inner) {
    for (var word : UNITS) {
      var found = inner.number(word, 1);
      if (found.isPresent()) {
        unit = Optional.of(word);
        length = found;
      }
    }
    inner.rest();
    if (length.isEmpty()) {
      throw fields.bad("max_length", "without a unit", "one of " + String.join(", ", UNITS));
    }
  }

  private void settings(String name) {
    if (name.equals("async_halving") || name.equals("adaptive_asha")) {
      real("divisor");
    }
    switch (name) {
      case "async_halving" -> {
        fields.needed("num_rungs");
        whole("num_rungs");
      }
      case "adaptive_asha" -> {
        fields.text("mode").ifPresent(mode -> settings.put("mode", mode));
        whole("max_rungs");
        var rungs = fields.texts("bracket_rungs");
        if (!rungs.isEmpty()) {
          settings.put("bracket_rungs", String.join(",", rungs));
        }
      }
      case "pbt" -> pbt();
      default -> {} // single, random and grid have none
    }
  }

  private void pbt() {
    whole("population_size");
    whole("num_rounds");
    fields
        .inner("length_per_round")
        .ifPresent(inner -> {
          for (var word : UNITS) {
            inner
                .number(word, 1)
                .ifPresent(units -> settings.put("length_per_round", Long.toString(units)));
          }
          inner.rest();
        });
    fields.inner("replace_function").ifPresent(inner -> real(inner, "truncate_fraction"));
    fields
        .inner("explore_function")
        .ifPresent(inner -> {
          real(inner, "resample_probability");
          real(inner, "perturb_factor");
        });
  }

  private void real(String key) {
    real(fields, key);
  }

  private void real(Foreign from, String key) {
    var found = from.real(key);
    if (found.isPresent()) {
      settings.put(key, new ferry.search.space.Value.Real(found.getAsDouble()).text());
    }
  }

  private void whole(String key) {
    fields.number(key, 1).ifPresent(number -> settings.put(key, Long.toString(number)));
  }

  private int trials(String name) {
    boolean needed = !List.of("single", "grid", "pbt").contains(name);
    if (needed) {
      fields.needed("max_trials", "how many trials there are to be");
    }
    long usual = name.equals("single") ? 1 : MOST_TRIALS;
    long most = fields.number("max_trials", 1).orElse(usual);
    return (int) Math.min(most, MOST_TRIALS);
  }
}
