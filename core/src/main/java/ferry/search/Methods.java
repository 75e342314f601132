package ferry.search;

import ferry.error.SearchError;
import ferry.workflow.Names;
import java.util.List;

/** The methods by name, and which sampler and pacer each is made of. */
public final class Methods {
  private static final List<String> SAMPLERS = List.of("random", "sobol", "tpe", "gp", "cma-es");
  private static final List<String> NAMES =
      List.of(
          "auto",
          "single",
          "grid",
          "random",
          "sobol",
          "tpe",
          "gp",
          "cma-es",
          "asha",
          "adaptive_asha",
          "hyperband",
          "median",
          "pbt");
  private static final List<String> ASHA = List.of("divisor", "num_rungs", "stop_once", "sampler");
  private static final List<String> ADAPTIVE =
      List.of("mode", "divisor", "max_rungs", "bracket_rungs", "stop_once", "sampler");
  private static final List<String> HYPERBAND =
      List.of("eta", SearchPlan.LENGTH_PARAMETER, "sampler");
  private static final List<String> MEDIAN =
      List.of("min_trials_required", "start_step", "sampler");

  private static final List<String> PBT =
      List.of(
          "population_size",
          "num_rounds",
          GenerationPacer.ROUND,
          "truncate_fraction",
          "resample_probability",
          "perturb_factor",
          "sampler");

  private Methods() {}

  /** Every name that a plan's method may have. */
  public static List<String> names() {
    return NAMES;
  }

  /** The settings that a method has; empty for an unknown method too. */
  public static List<String> settings(String method) {
    return switch (method) {
      case "asha" -> ASHA;
      case "adaptive_asha" -> ADAPTIVE;
      case "hyperband" -> HYPERBAND;
      case "median" -> MEDIAN;
      case "pbt" -> PBT;
      default -> List.of();
    };
  }

  /** A method made for a plan, and a sentence that says what it is. */
  record Chosen(Sampler sampler, Pacer pacer, String words) {}

  static Chosen choose(SearchPlan plan) {
    var method = plan.method();
    if (!NAMES.contains(method)) {
      throw new SearchError.UnknownMethod(method, Names.nearest(method, NAMES), NAMES).thrown();
    }
    var settings = new Settings(plan, method, settings(method));
    return switch (method) {
      case "single" -> new Chosen(new SingleSampler(), new WholePacer(plan, 1), "one trial");
      case "grid" -> grid(plan);
      case "auto" -> auto(plan, settings);
      case "pbt" -> pbt(plan, settings);
      case "asha" ->
          paced(plan, settings, Brackets.one(plan, settings), "successive halving, asynchronous");
      case "adaptive_asha" ->
          paced(
              plan,
              settings,
              Brackets.adaptive(plan, settings),
              "brackets of asynchronous successive halving");
      case "hyperband" ->
          paced(
              plan, settings, new HyperbandPacer(plan, settings), "brackets of successive halving");
      case "median" ->
          paced(
              plan,
              settings,
              new MedianPacer(whole(plan), settings),
              "trials worse than the median are stopped");
      default -> new Chosen(sampler(method, plan, false), whole(plan), "points by " + method);
    };
  }

  /** In rounds of so many units, or in generations of whole trainings. */
  private static Chosen pbt(SearchPlan plan, Settings settings) {
    if (GenerationPacer.WHOLE.equals(plan.settings().get(GenerationPacer.ROUND))) {
      var pacer = new GenerationPacer(plan, settings);
      return paced(plan, settings, pacer, pacer.words());
    }
    var pacer = new PbtPacer(plan, settings);
    return paced(plan, settings, pacer, pacer.words());
  }

  private static Chosen auto(SearchPlan plan, Settings settings) {
    var choice = Auto.of(plan);
    if (choice.sampler().equals("grid")) {
      var grid = grid(plan);
      return new Chosen(grid.sampler(), grid.pacer(), choice.why());
    }
    Pacer pacer = choice.stops() ? Brackets.one(plan, settings) : whole(plan);
    return new Chosen(sampler(choice.sampler(), plan, choice.stops()), pacer, choice.why());
  }

  private static WholePacer whole(SearchPlan plan) {
    return new WholePacer(plan, Long.MAX_VALUE);
  }

  private static Chosen grid(SearchPlan plan) {
    var sampler = new GridSampler(plan.space());
    int beside = sampler.beside(plan.points());
    long all = Math.min(sampler.size(), plan.trials()) + beside;
    var words = "every combination of values" + besides(beside);
    return new Chosen(sampler, new WholePacer(plan, all), words);
  }

  /** That known good points are tried in addition to so many combinations. */
  static String besides(int points) {
    return switch (points) {
      case 0 -> "";
      case 1 -> ", and 1 known point beside them";
      default -> ", and " + points + " known points beside them";
    };
  }

  private static Chosen paced(SearchPlan plan, Settings settings, Pacer pacer, String words) {
    var name = settings.word("sampler", "random", SAMPLERS);
    return new Chosen(sampler(name, plan, true), pacer, words + ", over points by " + name);
  }

  /**
   * In a finite space none tries a point twice while there are others, but for plain chance, whose
   * points are Determined's.
   */
  private static Sampler sampler(String name, SearchPlan plan, boolean paced) {
    var untried = new Untried(plan.space());
    var sampler = sampler(name, plan, paced, untried);
    return untried.isFinite() && !name.equals("random")
        ? new DistinctSampler(sampler, untried, plan)
        : sampler;
  }

  private static Sampler sampler(String name, SearchPlan plan, boolean paced, Untried untried) {
    return switch (name) {
      case "sobol" -> new SobolSampler(plan.space(), plan.seed());
      case "gp" -> new GpSampler(plan.space(), plan.seed(), paced, untried);
      case "cma-es" -> new CmaEsSampler(plan.space(), plan.seed());
      case "tpe" -> new TpeSampler(plan.space(), plan.seed(), paced, untried);
      default -> new RandomSampler();
    };
  }
}
