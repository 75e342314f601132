package ferry.search;

/** Which method {@code auto} takes for a plan, and why. */
record Auto(String sampler, boolean stops, String why) {
  private static final int MOST_FOR_PROCESS = 600;
  private static final int WIDEST_FOR_PROCESS = 20;
  private static final int FEWEST_TO_STOP = 8;
  private static final int SHORTEST_TO_STOP = 4;

  static Auto of(SearchPlan plan) {
    var size = plan.space().size();
    if (size.isPresent() && size.getAsLong() <= plan.trials()) {
      var grid = new GridSampler(plan.space());
      int beside = grid.beside(plan.points());
      if (size.getAsLong() + beside <= plan.trials()) {
        return new Auto("grid", false, ofGrid(plan.trials(), grid.size(), beside));
      }
    }
    boolean stops = plan.trials() >= FEWEST_TO_STOP && plan.length().orElse(0) >= SHORTEST_TO_STOP;
    long dimension =
        plan.space().parameters().stream().filter(one -> one.domain().size().orElse(2) > 1).count();
    boolean process =
        !stops && plan.trials() <= MOST_FOR_PROCESS && dimension <= WIDEST_FOR_PROCESS;
    var model =
        process
            ? "`gp`, which learns most from few trials"
            : "`tpe`, since "
                + plan.trials()
                + " trials of "
                + dimension
                + " parameters are many for `gp`";
    return new Auto(
        process ? "gp" : "tpe",
        stops,
        stops
            ? "`asha` over points by `tpe`, since training has a length and weak trials can be"
                + " stopped early"
            : model);
  }

  private static String ofGrid(int trials, long combinations, int beside) {
    return combinations == 1
        ? "`grid`, since there is one combination" + Methods.besides(beside)
        : "`grid`, since %d trials can try all %d combinations".formatted(trials, combinations)
            + Methods.besides(beside);
  }
}
