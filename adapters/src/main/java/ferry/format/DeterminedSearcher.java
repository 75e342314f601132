package ferry.format;

import ferry.experiment.Search;
import ferry.search.space.Constant;
import ferry.search.space.Space;
import java.util.List;

/** The {@code searcher} of Determined's experiment configuration, in both spellings of length. */
final class DeterminedSearcher {
  private static final List<String> KNOWN =
      List.of("single", "random", "grid", "async_halving", "adaptive_asha", "pbt");
  private static final List<String> GONE =
      List.of("adaptive", "adaptive_simple", "sync_halving", "custom");
  private static final List<String> UNITS = List.of("batches", "records", "epochs");
  private static final int USUAL_PARALLEL = 16;
  private static final int MOST_PARALLEL = 10_000;
  private static final int MOST_TRIALS = 1_000_000;

  private final Foreign fields;
  private final ForeignSearch search;

  DeterminedSearcher(Foreign fields, ForeignSearch search) {
    this.fields = fields;
    this.search = search;
  }

  Search read(Space space, long seed) {
    var name = name();
    search.set("method", name.equals("async_halving") ? "asha" : name, fields, "name");
    search.set(
        "metric",
        fields.neededText("metric", "the name of the metric that is reported"),
        fields,
        "metric");
    boolean smaller = fields.truth("smaller_is_better", true);
    search.set("goal", smaller ? "minimize" : "maximize", fields, "smaller_is_better");
    length(name);
    settings(name);
    trials(name);
    boolean isUnlimited = parallel();
    fields.rest("source_trial_id", "source_checkpoint_uuid");
    if (name.equals("single")) {
      warnOfChance(space);
    }
    var read = search.read(space, seed);
    return isUnlimited
        ? new Search(
            read.plan().withTrials(read.plan().trials(), 0),
            read.objective(),
            read.budget(),
            read.warmStart())
        : read;
  }

  private String name() {
    var name = fields.neededText("name", "one of " + String.join(", ", KNOWN));
    if (GONE.contains(name)) {
      throw fields.bad(
          "name",
          "`" + name + "`, which Determined itself has given up",
          "one of " + String.join(", ", KNOWN),
          "`adaptive_asha` has taken its place");
    }
    return fields.neededWord("name", KNOWN);
  }

  /** {@code single} is for constants; what is a range is drawn once. */
  private void warnOfChance(Space space) {
    var drawn =
        space.parameters().stream()
            .filter(parameter -> !(parameter.domain() instanceof Constant))
            .map(parameter -> "`" + parameter.name() + "`")
            .toList();
    if (!drawn.isEmpty()) {
      fields.warn("name", "makes one trial: chance draws its " + String.join(", ", drawn));
    }
  }

  /** {@code max_length: {epochs: 32}} of older versions, {@code max_time} of newer ones. */
  private void length(String name) {
    fields.text("time_metric").ifPresent(unit -> set("length_metric", unit, "time_metric"));
    var time = fields.number("max_time", 1);
    time.ifPresent(units -> set("length", Long.toString(units), "max_time"));
    var old = fields.node("max_length");
    if (old.isPresent() && time.isPresent()) {
      throw fields.bad(
          "max_length", "given beside `max_time`", "one of the two spellings of length");
    }
    if (old.isPresent() && old.get() instanceof Node.Scalar) {
      set("length", Long.toString(fields.number("max_length", 1).orElse(1)), "max_length");
    } else if (old.isPresent()) {
      ofUnit(fields.inner(old.get(), "max_length"));
    }
    boolean rungs = name.equals("async_halving") || name.equals("adaptive_asha");
    if (rungs && old.isEmpty() && !search.isTyped("length")) {
      fields.needed(
          "max_time", "`time_metric: epochs` and `max_time: 32`, or `max_length: {epochs: 32}`");
    }
    if (rungs) {
      boolean newer = old.isEmpty();
      boolean stops = fields.truth("stop_once", newer);
      search.setOfMethod("stop_once", Boolean.toString(stops), fields, "stop_once");
    }
  }

  private void ofUnit(Foreign inner) {
    var found = UNITS.stream().filter(word -> inner.number(word, 1).isPresent()).toList();
    inner.rest();
    if (found.size() != 1) {
      throw fields.bad(
          "max_length",
          found.isEmpty() ? "without a unit" : "in several units",
          "one of " + String.join(", ", UNITS));
    }
    search.set("length_metric", found.getFirst(), inner, found.getFirst());
    search.set("length", inner.written(found.getFirst()), inner, found.getFirst());
  }

  private void set(String name, String text, String key) {
    search.set(name, text, fields, key);
  }

  private void settings(String name) {
    if (name.equals("async_halving") || name.equals("adaptive_asha")) {
      real(fields, "divisor");
    }
    switch (name) {
      case "async_halving" -> {
        fields.needed(
            "num_rungs", "into how many rungs a training is divided, like `num_rungs: 4`");
        whole("num_rungs");
      }
      case "adaptive_asha" -> {
        fields
            .word("mode", List.of("aggressive", "standard", "conservative"))
            .ifPresent(mode -> search.setOfMethod("mode", mode, fields, "mode"));
        whole("max_rungs");
        var rungs = fields.texts("bracket_rungs");
        if (!rungs.isEmpty()) {
          search.setOfMethod("bracket_rungs", String.join(",", rungs), fields, "bracket_rungs");
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
                .ifPresent(units ->
                    search.setOfMethod("length_per_round", Long.toString(units), inner, word));
          }
          inner.rest();
        });
    fields
        .inner("replace_function")
        .ifPresent(inner -> {
          real(inner, "truncate_fraction");
          inner.rest();
        });
    fields
        .inner("explore_function")
        .ifPresent(inner -> {
          real(inner, "resample_probability");
          real(inner, "perturb_factor");
          inner.rest();
        });
  }

  private void real(Foreign from, String key) {
    if (from.real(key).isPresent()) {
      search.setOfMethod(key, from.written(key), from, key);
    }
  }

  private void whole(String key) {
    fields
        .number(key, 1)
        .ifPresent(number -> search.setOfMethod(key, Long.toString(number), fields, key));
  }

  private void trials(String name) {
    boolean needed = !List.of("single", "grid", "pbt").contains(name);
    if (needed && !search.isTyped("trials")) {
      fields.needed("max_trials", "how many trials there are to be");
    }
    var given = fields.number("max_trials", 1, MOST_TRIALS);
    if (name.equals("single")) {
      search.set("trials", "1", fields, "name");
    } else {
      search.set("trials", Long.toString(given.orElse(MOST_TRIALS)), fields, "max_trials");
    }
  }

  /** Whether it may be any number at once. */
  private boolean parallel() {
    long parallel = fields.number("max_concurrent_trials", 0).orElse(USUAL_PARALLEL);
    if (parallel > 0) {
      set("parallel", Long.toString(Math.min(parallel, MOST_PARALLEL)), "max_concurrent_trials");
    }
    return parallel == 0 && !search.isTyped("parallel");
  }
}
