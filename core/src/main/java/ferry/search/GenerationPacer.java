package ferry.search;

import ferry.search.chance.Chance;
import ferry.search.chance.Stream;
import ferry.search.space.Point;
import ferry.search.space.Space;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Population based training in generations: a trial trains to its own end, and its children go on
 * from its checkpoint, those of the weakest from a better one's. Nobody waits for a generation to
 * be whole: until more trials than the population have ended, places are filled from the generation
 * before, or by chance. When and of whom children are made is as in Katib; there only, the weakest
 * take over parameters and no checkpoint.
 *
 * <p>Jaderberg and others: Population Based Training of Neural Networks (2017).
 */
final class GenerationPacer implements Pacer {
  /** The setting of {@code pbt} that wants it, and its value. */
  static final String ROUND = "length_per_round";

  static final String WHOLE = "whole";

  private static final long FRESH = 0;
  private static final double NEVER_ANEW = -1;
  private static final int USUAL_POPULATION = 20;

  private final Space space;
  private final long seed;
  private final int trials;
  private final int atOnce;
  private final int population;
  private final double truncate;
  private final double resample;
  private final Perturbation perturbation;

  /** What waits to be started: 0 a fresh trial, n a child of trial n, −n one with its values. */
  private final List<Long> queue = new ArrayList<>();

  /** Trials that came to their end, in that order, since the last generation was made. */
  private final List<Integer> current = new ArrayList<>();

  /** Those that the last generation was made of. */
  private final List<Integer> previous = new ArrayList<>();

  GenerationPacer(SearchPlan plan, Settings settings) {
    space = plan.space();
    seed = plan.seed();
    trials = plan.trials();
    int wanted = settings.whole("population_size", 2).orElse(USUAL_POPULATION);
    population = Math.min(wanted, trials);
    atOnce = plan.parallel() == 0 ? population : plan.atOnce();
    truncate =
        settings.real("truncate_fraction", 0.2, "a share from 0 to 1", x -> x >= 0 && x <= 1);
    resample =
        settings.real(
            "resample_probability", NEVER_ANEW, "a chance from 0 to 1", x -> x >= 0 && x <= 1);
    double share =
        settings.real("perturb_factor", 0.2, "a share from 0 to 1", x -> x >= 0 && x <= 1);
    perturbation = new Perturbation(share, true);
  }

  String words() {
    return "population based training in generations of %,d, each trial trained to its end"
        .formatted(population);
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
    // what counts is where it ends
  }

  @Override
  public void ended(Turn turn, Trial trial) {
    if (trial.state() == Trial.State.FINISHED) {
      current.add(trial.number());
    }
    work(turn);
  }

  private void work(Turn turn) {
    boolean more = true;
    while (more && hasRoom(turn.history())) {
      if (queue.isEmpty()) {
        generate(turn.history());
      }
      more = create(turn, queue.removeFirst()).isPresent();
    }
  }

  private boolean hasRoom(History history) {
    return history.active() < atOnce && history.created() - history.invalid() < trials;
  }

  private OptionalInt create(Turn turn, long next) {
    if (next == FRESH) {
      return turn.create(OptionalLong.empty());
    }
    int parent = (int) Math.abs(next);
    var point = turn.history().trial(parent).point();
    var chance = new Stream(seed, turn.history().created() + 1);
    return turn.create(next > 0 ? explored(point, chance) : point, OptionalLong.empty(), parent);
  }

  private void generate(History history) {
    var chance = new Stream(seed, -1L - history.created());
    int free = atOnce - history.active();
    if (current.size() > population) {
      children(history, current, population, chance);
      previous.clear();
      previous.addAll(current);
      current.clear();
    } else if (!previous.isEmpty()) {
      children(history, previous, free, chance);
    }
    if (queue.isEmpty()) {
      queue.add(FRESH);
    }
  }

  /** So many children of a generation: of the weak a share, with the values of strong ones. */
  private void children(History history, List<Integer> of, int count, Chance chance) {
    var losses = of.stream().mapToDouble(trial -> loss(history, trial)).sorted().toArray();
    double strong = quantile(losses, truncate);
    double weak = quantile(losses, 1 - truncate);
    var best = of.stream().filter(trial -> loss(history, trial) <= strong).toList();
    var given = new ArrayList<>(of.stream().filter(one -> loss(history, one) > weak).toList());
    var kept = new ArrayList<>(of.stream().filter(one -> loss(history, one) <= weak).toList());
    shuffle(kept, chance);
    int replaced = Math.min(given.size(), (int) (count * truncate));
    for (int i = 0; i < replaced; i++) {
      queue.add(-(long) best.get((int) chance.below(best.size())));
    }
    kept.stream().limit(count - replaced).forEach(trial -> queue.add((long) trial));
  }

  private static double loss(History history, int trial) {
    return history.loss(history.trial(trial));
  }

  /** Between two values in proportion, as NumPy has it; nothing lies between infinite ones. */
  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) Math.floor(at);
    double low = sorted[below];
    double high = sorted[Math.min(below + 1, sorted.length - 1)];
    return at == below || low == high ? low : low + (high - low) * (at - below);
  }

  private static void shuffle(List<Integer> trials, Chance chance) {
    for (int i = trials.size() - 1; i > 0; i--) {
      int other = (int) chance.below(i + 1L);
      trials.set(i, trials.set(other, trials.get(i)));
    }
  }

  /** A point near another: each value a little changed, or, with a chance given, drawn anew. */
  Point explored(Point parent, Chance chance) {
    return perturbation.near(space, parent, resample, chance);
  }

  @Override
  public double progress(History history) {
    return (double) (history.ended() - history.invalid()) / trials;
  }

  @Override
  public List<Preview> preview() {
    return List.of(new Preview(trials, OptionalLong.empty()));
  }

  @Override
  public Map<String, Object> state() {
    var state = new LinkedHashMap<String, Object>();
    state.put("queue", queue);
    state.put("current", numbers(current));
    state.put("previous", numbers(previous));
    return state;
  }

  private static List<Long> numbers(List<Integer> trials) {
    return trials.stream().map(Integer::longValue).toList();
  }

  @Override
  public void restore(Map<String, Object> state) {
    Snapshot.list(state.get("queue")).forEach(next -> queue.add(Snapshot.whole(next)));
    Snapshot.list(state.get("current")).forEach(one -> current.add((int) Snapshot.whole(one)));
    Snapshot.list(state.get("previous")).forEach(one -> previous.add((int) Snapshot.whole(one)));
  }
}
