package ferry.format;

import ferry.workflow.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Katib's Hyperband asks for: the length of a whole training, the parameter that carries the
 * length of each trial, and as many trials at once as its first bracket begins with.
 */
final class KatibHyperband {
  private static final int USUAL_ETA = 3;

  private final Foreign algorithm;
  private final Map<String, Foreign> given;
  private final ForeignSearch search;

  /**
   * The settings of a {@code hyperband}.
   *
   * @param given by their names
   */
  KatibHyperband(Foreign algorithm, Map<String, Foreign> given, ForeignSearch search) {
    this.algorithm = algorithm;
    this.given = given;
    this.search = search;
  }

  /** Checks what is given as Katib does. */
  void check(Foreign spec) {
    boolean hasLength = search.isTyped("length");
    if (!given.containsKey("r_l") && !hasLength) {
      throw KatibMethod.lacks(
          algorithm,
          "hyperband",
          "r_l",
          "`{name: r_l, value: \"27\"}`: how many epochs (or other units) a whole training has");
    }
    if (!given.containsKey("resource_name") && !hasLength) {
      throw KatibMethod.lacks(
          algorithm,
          "hyperband",
          "resource_name",
          "`{name: resource_name, value: \"epochs\"}`: the parameter that says how long a trial is"
              + " to train",
          "with `--length 27` beside the file trials find it in $FERRY_LENGTH");
    }
    if (!search.isTyped("parallel") && given.containsKey("r_l")) {
      parallel(spec);
    }
  }

  /** Katib's own rule, with its own rounding. */
  private void parallel(Foreign spec) {
    double length = number("r_l", 0);
    int eta = (int) number("eta", USUAL_ETA);
    if (!(length >= 1) || eta < 2) {
      return; // refused elsewhere
    }
    int rungs = (int) (Math.log(length) / Math.log(eta));
    long least = (long) Math.ceil(Math.pow(eta, rungs));
    long found = spec.number("parallelTrialCount", 1).orElse(KatibFile.USUAL_PARALLEL);
    if (found < least) {
      boolean isSaid = spec.node("parallelTrialCount").isPresent();
      throw spec.refused(
          "parallelTrialCount",
          isSaid ? "`" + found + "`" : "not there, and so `" + found + "`",
          "parallelTrialCount must be not less than " + least,
          "that is `eta` to the power of the steps from 1 to `r_l`: %d^%d".formatted(eta, rungs),
          "`--parallel " + found + "` beside the file is not held to it");
    }
  }

  private double number(String name, double otherwise) {
    var text = Optional.ofNullable(given.get(name)).flatMap(one -> one.text("value"));
    return text.filter(one -> one.strip().matches("[0-9]{1,12}([.][0-9]*)?"))
        .map(one -> Double.parseDouble(one.strip()))
        .orElse(text.isPresent() ? 0 : otherwise);
  }

  /** The parameter that says how long a trial trains, one of those that are declared. */
  Optional<String> resource(List<String> declared) {
    var setting = Optional.ofNullable(given.get("resource_name"));
    var name = setting.flatMap(one -> one.text("value"));
    name.filter(one -> !declared.contains(one))
        .ifPresent(one -> {
          var near = Names.nearest(one, declared).map(other -> "did you mean `" + other + "`?");
          throw setting
              .get()
              .refused(
                  "value",
                  "`" + one + "`",
                  "value of resource_name setting must be in parameters",
                  near.orElse("there are " + String.join(", ", declared)));
        });
    return name;
  }
}
