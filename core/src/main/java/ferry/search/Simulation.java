package ferry.search;

import ferry.search.chance.Chance;
import ferry.search.space.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeSet;

/**
 * Runs a whole search without running anything: a function stands for the script, virtual workers
 * train so many trials at once, and one unit of training takes one unit of time. Chance, if given,
 * makes workers unevenly fast, so that reports come in another order.
 */
public final class Simulation {

  /** A script: the metric of a point after so much training; not-a-number where it fails. */
  @FunctionalInterface
  public interface Script {
    double metric(Point point, long seed, double length);
  }

  /**
   * A world for a search to live in.
   *
   * @param workers how many trials it trains at once; 0 for any number
   * @param length how many units a trial trains that is not told how many
   * @param every how many units lie between two reports; {@link #WHERE_IT_COUNTS} for a report
   *     where the method decides alone
   * @param uneven how unevenly fast workers are: 0 for all alike
   * @param reborn whether the searcher is written down and read back before every event
   */
  public record World(int workers, double length, double every, double uneven, boolean reborn) {
    public static final double WHERE_IT_COUNTS = 0;
    public static final World PLAIN = new World(0, 1, 1, 0, false);

    public World withReborn(boolean always) {
      return new World(workers, length, every, uneven, always);
    }
  }

  /**
   * What came of it.
   *
   * @param actions all of them, in order
   * @param units how many units were trained in all
   * @param hours virtual time until the end
   */
  public record Outcome(
      List<Trial> trials,
      List<SearchAction> actions,
      List<SearchEvent> events,
      double units,
      double hours,
      int best) {
    /** The best value that any trial reported, NaN where none did. */
    public double bestValue() {
      return best == 0 ? Double.NaN : trials.get(best - 1).best();
    }
  }

  private final SearchPlan plan;
  private final Script script;
  private final World world;
  private final Chance chance;
  private final List<SearchAction> actions = new ArrayList<>();
  private final List<SearchEvent> events = new ArrayList<>();
  private final PriorityQueue<Step> agenda =
      new PriorityQueue<>(Comparator.comparingDouble(Step::time).thenComparingLong(Step::order));
  private final List<Work> waiting = new ArrayList<>();
  private final Map<Integer, Work> running = new HashMap<>();
  private final Map<Integer, Double> trained = new HashMap<>();
  private final TreeSet<Double> rungs = new TreeSet<>();
  private Searcher searcher;
  private double now;
  private double units;
  private long order;

  private record Work(long id, int trial, Point point, long seed, double until, double pace) {}

  private record Step(double time, long order, Work work, double length) {}

  private Simulation(SearchPlan plan, Script script, World world, Chance chance) {
    this.plan = plan;
    this.script = script;
    this.world = world;
    this.chance = chance;
    searcher = new Searcher(plan);
    searcher.preview().forEach(part -> part.length().ifPresent(at -> rungs.add((double) at)));
  }

  /** Runs a search to its end. */
  public static Outcome run(SearchPlan plan, Script script, World world, Chance chance) {
    return new Simulation(plan, script, world, chance).run();
  }

  private Outcome run() {
    tell(new SearchEvent.Begun());
    while (!searcher.finished()) {
      var step = agenda.poll();
      if (step == null) {
        throw new IllegalStateException("the search waits for nothing: " + searcher.snapshot());
      }
      now = step.time();
      take(step);
      startWaiting();
    }
    int best = searcher.best().map(Trial::number).orElse(0);
    return new Outcome(searcher.trials(), actions, events, units, now, best);
  }

  private void take(Step step) {
    int trial = step.work().trial();
    if (!goesOn(step.work())) {
      return;
    }
    double before = trained.getOrDefault(trial, 0.0);
    units += Math.max(0, step.length() - before);
    trained.put(trial, step.length());
    double metric = script.metric(step.work().point(), step.work().seed(), step.length());
    if (Double.isNaN(metric)) {
      running.remove(trial);
      tell(new SearchEvent.Ended(trial, Ending.FAILED));
      return;
    }
    tell(new SearchEvent.Reported(trial, step.length(), metric));
    if (!goesOn(step.work())) {
      return;
    }
    if (step.length() >= step.work().until()) {
      running.remove(trial);
      tell(new SearchEvent.Ended(trial, Ending.FINISHED));
    } else {
      schedule(step.work(), step.length());
    }
  }

  private boolean goesOn(Work work) {
    var current = running.get(work.trial());
    return current != null && current.id() == work.id();
  }

  private void tell(SearchEvent event) {
    if (world.reborn()) {
      searcher = Searcher.restored(plan, searcher.snapshot());
    }
    events.add(event);
    var answers = searcher.on(event);
    actions.addAll(answers);
    answers.forEach(this::act);
  }

  private void act(SearchAction action) {
    switch (action) {
      case SearchAction.Create create -> {
        takeOver(create);
        offer(
            create.trial(),
            create.point(),
            create.seed(),
            create.length().isPresent() ? create.length().getAsLong() : world.length());
      }
      case SearchAction.Continue(int trial, long length) -> {
        if (plan.lengthParameter().isPresent()) {
          trained.remove(trial); // its command is run once more, for a longer training
        }
        var known = searcher.trials().get(trial - 1);
        offer(trial, known.point(), known.seed(), (double) length);
      }
      case SearchAction.Stop(int trial, _) -> {
        running.remove(trial);
        waiting.removeIf(work -> work.trial() == trial);
        tell(new SearchEvent.Ended(trial, Ending.STOPPED));
      }
      case SearchAction.Pause(int trial) -> running.remove(trial);
      case SearchAction.Finish _ -> running.clear();
    }
  }

  /** A copy that is told how long to train has the training of its parent behind it. */
  private void takeOver(SearchAction.Create create) {
    if (create.length().isPresent()) {
      create
          .parent()
          .ifPresent(parent -> trained.put(create.trial(), trained.getOrDefault(parent, 0.0)));
    }
  }

  private void offer(int trial, Point point, long seed, double until) {
    double pace = 1 + world.uneven() * chance.uniform();
    waiting.add(new Work(order++, trial, point, seed, until, pace));
    startWaiting();
  }

  private void startWaiting() {
    while (!waiting.isEmpty() && (world.workers() == 0 || running.size() < world.workers())) {
      var work = waiting.removeFirst();
      running.put(work.trial(), work);
      schedule(work, trained.getOrDefault(work.trial(), 0.0));
    }
  }

  private void schedule(Work work, double from) {
    double next = Math.min(report(from), work.until());
    double noise = 1 + 0.1 * world.uneven() * chance.uniform();
    agenda.add(new Step(now + Math.max(0, next - from) * work.pace() * noise, order++, work, next));
  }

  private double report(double from) {
    if (world.every() != World.WHERE_IT_COUNTS) {
      return from + world.every();
    }
    var rung = rungs.higher(from);
    return rung == null ? Double.POSITIVE_INFINITY : rung;
  }
}
