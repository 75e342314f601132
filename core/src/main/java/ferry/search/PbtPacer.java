package ferry.search;

import ferry.search.chance.Chance;
import ferry.search.chance.Stream;
import ferry.search.space.Point;
import ferry.search.space.Space;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Population based training: after each round the weakest of a population give way to copies of the
 * best, which go on from their checkpoints with parameters a little changed. The arithmetic is that
 * of Determined's older versions.
 *
 * <p>Jaderberg and others: Population Based Training of Neural Networks (2017).
 */
final class PbtPacer implements Pacer {
  private static final long FRESH = 0;
  private static final int MOST_MEMBERS = 20;

  private final Space space;
  private final long seed;

  private final int atOnce;
  private final int trials;
  private final OptionalInt asked;
  private final int population;
  private final int rounds;
  private final long perRound;
  private final double truncate;
  private final double resample;
  private final Perturbation perturbation;

  /** What waits to be started: 0 a fresh trial, n trial n's next round, −n a copy of trial n. */
  private final List<Long> queue = new ArrayList<>();

  private final Map<Integer, Double> arrived = new TreeMap<>();
  private int round = 1;

  /** How many the round has: where no more trials may be made, those that failed are missing. */
  private int members;

  PbtPacer(SearchPlan plan, Settings settings) {
    space = plan.space();
    seed = plan.seed();
    trials = plan.trials();
    rounds = settings.whole("num_rounds", 1).orElse(10);
    perRound =
        settings.whole("length_per_round", 1).isPresent()
            ? settings.whole("length_per_round", 1).getAsInt()
            : Math.max(1, Brackets.length(plan, settings) / rounds);
    truncate =
        settings.real("truncate_fraction", 0.2, "a share from 0 to 0.5", x -> x >= 0 && x <= 0.5);
    resample =
        settings.real("resample_probability", 0.2, "a chance from 0 to 1", x -> x >= 0 && x <= 1);
    asked = settings.whole("population_size", 2);
    population = Math.min(asked.orElseGet(this::members), trials);
    members = population;
    double share =
        settings.real("perturb_factor", 0.2, "a share from 0 to 1", x -> x >= 0 && x <= 1);
    perturbation = new Perturbation(share, false);
    atOnce = plan.parallel() == 0 ? population : plan.parallel();
  }

  /** What it is, in a sentence; a population that there are no trials for is said. */
  String words() {
    var cut =
        asked.orElse(population) > population
            ? " and not %,d, for there are to be no more trials".formatted(asked.getAsInt())
            : "";
    var most = "population based training, %,d at a time".formatted(population) + cut;
    return population + (rounds - 1L) * copies(population) > trials && truncate > 0
        ? most + "; trials for copies run out before the last round"
        : most;
  }

  /**
   * The largest population for which there are trials in all rounds; at least so many that one of
   * them gives way.
   */
  private int members() {
    int least = truncate > 0 ? (int) Math.ceil(1 / truncate) : 2;
    int size = Math.min(MOST_MEMBERS, trials);
    while (size > least && size + (rounds - 1L) * copies(size) > trials) {
      size--;
    }
    return size;
  }

  private int copies(int of) {
    return (int) (truncate * of);
  }

  @Override
  public void begin(Turn turn) {
    for (int i = 0; i < population; i++) {
      queue.add(FRESH);
    }
    work(turn);
  }

  @Override
  public void reported(Turn turn, Trial trial, double length, double loss) {
    if ((long) length >= round * perRound && !arrived.containsKey(trial.number())) {
      arrive(turn, trial, loss);
    }
  }

  @Override
  public void ended(Turn turn, Trial trial) {
    if (trial.state() == Trial.State.INVALID) {
      queue.addFirst(FRESH);
      arrived.remove(trial.number());
    } else if (!arrived.containsKey(trial.number())) {
      boolean bad = trial.state() != Trial.State.FINISHED;
      arrive(
          turn, trial, bad ? Double.POSITIVE_INFINITY : turn.history().goal().loss(trial.last()));
      return;
    }
    work(turn);
  }

  private void arrive(Turn turn, Trial trial, double loss) {
    arrived.put(trial.number(), loss);
    turn.pause(trial.number());
    if (arrived.size() == members && queue.isEmpty() && round < rounds) {
      nextRound(turn.history());
    }
    work(turn);
  }

  /** Copies of the best in place of the weakest; the others go on. */
  private void nextRound(History history) {
    var order = new ArrayList<>(arrived.keySet());
    order.sort(
        Comparator.comparingDouble((Integer trial) -> arrived.getOrDefault(trial, 0.0))
            .thenComparing(trial -> trial));
    var alive = order.stream().filter(trial -> able(history.trial(trial))).toList();
    arrived.clear();
    round++;
    int dead = population - alive.size();
    int left = trials - (history.created() - history.invalid());
    int copies = Math.min(Math.max(copies(population), dead), left);
    for (int i = 0; i < copies && !alive.isEmpty(); i++) {
      queue.add(-(long) alive.get(i % alive.size()));
    }
    for (int i = 0; i < Math.min(alive.size(), population - copies); i++) {
      queue.add((long) alive.get(i));
    }
    members = queue.size();
  }

  private static boolean able(Trial trial) {
    return switch (trial.state()) {
      case PAUSED, FINISHED, RUNNING -> true;
      case STOPPING, STOPPED, FAILED, INVALID -> false;
    };
  }

  private void work(Turn turn) {
    while (!queue.isEmpty() && turn.history().active() < atOnce) {
      long next = queue.removeFirst();
      if (next > 0) {
        turn.proceed((int) next, round * perRound);
      } else if (next == FRESH) {
        turn.create(OptionalLong.of(round * perRound));
      } else {
        int number = turn.history().created() + 1;
        var parent = turn.history().trial((int) -next).point();
        turn.create(
            explored(parent, new Stream(seed, number)),
            OptionalLong.of(round * perRound),
            (int) -next);
      }
    }
  }

  /** A point near another: each value drawn anew, or a little smaller or greater. */
  Point explored(Point parent, Chance chance) {
    return perturbation.near(space, parent, resample, chance);
  }

  @Override
  public double progress(History history) {
    return (round - 1 + (double) arrived.size() / Math.max(1, members)) / rounds;
  }

  @Override
  public List<Preview> preview() {
    int left = trials - population;
    var preview = new ArrayList<Preview>();
    for (int i = 1; i < rounds && Math.min(copies(population), left) > 0; i++) {
      int copies = Math.min(copies(population), left);
      preview.add(new Preview(copies, OptionalLong.of(i * perRound)));
      left -= copies;
    }
    preview.add(new Preview(population, OptionalLong.of(rounds * perRound)));
    return preview;
  }

  @Override
  public Map<String, Object> state() {
    var state = new LinkedHashMap<String, Object>();
    state.put("round", (long) round);
    state.put("members", (long) members);
    state.put("queue", queue);
    state.put("arrived", arrived);
    return state;
  }

  @Override
  public void restore(Map<String, Object> state) {
    round = (int) Snapshot.whole(state.get("round"));
    members = (int) Snapshot.whole(state.get("members"));
    Snapshot.list(state.get("queue")).forEach(next -> queue.add(Snapshot.whole(next)));
    Snapshot.map(state.get("arrived"))
        .forEach((trial, loss) -> arrived.put(Integer.valueOf(trial), Snapshot.real(loss)));
  }
}
