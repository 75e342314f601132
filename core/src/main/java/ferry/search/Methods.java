package ferry.search;

import ferry.error.SearchError;
import ferry.workflow.Names;
import java.util.List;

/** The methods by name, and which sampler and pacer each is made of. */
public final class Methods {
  private static final List<String> NAMES = List.of("auto", "single", "grid", "random");

  private Methods() {}

  /** Every name that a plan's method may have. */
  public static List<String> names() {
    return NAMES;
  }

  /** A method made for a plan, and a sentence that says what it is. */
  record Chosen(Sampler sampler, Pacer pacer, String words) {}

  static Chosen choose(SearchPlan plan) {
    return switch (plan.method()) {
      case "single" -> new Chosen(new SingleSampler(), new WholePacer(plan, 1), "one trial");
      case "grid" -> grid(plan);
      case "random", "auto" ->
          new Chosen(new RandomSampler(), new WholePacer(plan, Long.MAX_VALUE), "points by chance");
      default ->
          throw new SearchError.UnknownMethod(
                  plan.method(), Names.nearest(plan.method(), NAMES), NAMES)
              .thrown();
    };
  }

  private static Chosen grid(SearchPlan plan) {
    var sampler = new GridSampler(plan.space());
    return new Chosen(sampler, new WholePacer(plan, sampler.size()), "every combination of values");
  }
}
