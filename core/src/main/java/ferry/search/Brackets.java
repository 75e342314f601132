package ferry.search;

import ferry.error.SearchError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How adaptive ASHA lays out its brackets, exactly as Determined does: how many rungs each has, how
 * many trials, and how many of them at once.
 */
final class Brackets {
  private Brackets() {}

  /** Far more than have anything between them: lengths grow by the divisor. */
  private static final int MOST_RUNGS = 1_000;

  /** One bracket's share. */
  record Share(int rungs, int trials, int concurrent) {}

  static AshaPacer adaptive(SearchPlan plan, Settings settings) {
    double divisor = divisor(settings);
    long length = length(plan, settings);
    boolean stopping = settings.flag("stop_once", true);
    var shares =
        shares(rungs(plan, settings, divisor, length), divisor, plan.trials(), plan.parallel());
    return new AshaPacer(
        shares.stream().map(share -> bracket(stopping, share, divisor, length)).toList());
  }

  static AshaPacer one(SearchPlan plan, Settings settings) {
    double divisor = divisor(settings);
    long length = length(plan, settings);
    int most = mostRungs(Integer.MAX_VALUE, divisor, length, plan.trials());
    int rungs = settings.whole("num_rungs", 1, MOST_RUNGS).orElse(Math.min(5, most));
    var share = new Share(rungs, plan.trials(), plan.parallel());
    return new AshaPacer(
        List.of(bracket(settings.flag("stop_once", true), share, divisor, length)));
  }

  private static Bracket bracket(boolean stopping, Share share, double divisor, long length) {
    return stopping
        ? new StoppingBracket(share.rungs(), divisor, length, share.trials(), share.concurrent())
        : new PromotingBracket(share.rungs(), divisor, length, share.trials(), share.concurrent());
  }

  static double divisor(Settings settings) {
    return settings.real("divisor", 4, "a number above 1", number -> number > 1);
  }

  static long length(SearchPlan plan, Settings settings) {
    return plan.length()
        .orElseThrow(() ->
            new SearchError.MissingSetting(
                    settings.method(),
                    "length",
                    "say how many epochs (or other units) a whole training has: `--length 27`, in a"
                        + " file `length: 27`")
                .thrown());
  }

  private static List<Integer> rungs(
      SearchPlan plan, Settings settings, double divisor, long length) {
    var mode = settings.word("mode", "standard", List.of("aggressive", "standard", "conservative"));
    var given = settings.list("bracket_rungs");
    int most =
        mostRungs(
            settings.whole("max_rungs", 1, MOST_RUNGS).orElse(5), divisor, length, plan.trials());
    var rungs = given.isEmpty() ? inMode(mode, most) : new ArrayList<>(given);
    rungs.sort(Comparator.reverseOrder());
    return rungs;
  }

  /** So many rungs that the top one still sees a trial, and the first a unit. */
  static int mostRungs(int wanted, double divisor, long length, int trials) {
    double base = Logarithm.of(divisor);
    int byLength = (int) (Logarithm.of((double) length) / base) + 1;
    int byTrials = (int) (Logarithm.of(trials) / base) + 1;
    return Math.min(wanted, Math.min(byLength, byTrials));
  }

  private static List<Integer> inMode(String mode, int most) {
    int least =
        switch (mode) {
          case "aggressive" -> most;
          case "conservative" -> 1;
          default -> (most - 1) / 2 + 1;
        };
    return new ArrayList<>(IntStream.rangeClosed(least, most).boxed().toList());
  }

  /** The shares of brackets with so many rungs, most rungs first. */
  static List<Share> shares(List<Integer> rungs, double divisor, int trials, int concurrent) {
    var trialsOf = trialsOf(rungs, divisor, trials);
    var concurrentOf = concurrentOf(trialsOf, divisor, concurrent);
    return IntStream.range(0, rungs.size())
        .mapToObj(i -> new Share(rungs.get(i), trialsOf.get(i), concurrentOf.get(i)))
        .toList();
  }

  private static List<Integer> trialsOf(List<Integer> rungs, double divisor, int trials) {
    var weights =
        rungs.stream().mapToDouble(count -> StrictMath.pow(divisor, count - 1.0) / count).toArray();
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    var shares = new ArrayList<Integer>();
    int given = 0;
    for (double weight : weights) {
      int share = Math.max((int) (weight / sum * trials), 1);
      shares.add(share);
      given += share;
    }
    shares.set(0, shares.getFirst() + Math.max(trials - given, 0));
    return shares;
  }

  static List<Integer> concurrentOf(List<Integer> trials, double divisor, int concurrent) {
    int brackets = trials.size();
    int all = concurrent == 0 ? 0 : Math.max(concurrent, brackets);
    int each = concurrent == 0 ? Math.max(trials.getLast(), (int) divisor) : all / brackets;
    int rest = all % brackets;
    return IntStream.range(0, brackets).mapToObj(i -> each + (i < rest ? 1 : 0)).toList();
  }
}
