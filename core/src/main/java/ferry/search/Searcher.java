package ferry.search;

import ferry.search.chance.NumpyRandom;
import ferry.search.space.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A search in progress: takes events, answers with actions. The same plan and the same events in
 * the same order give the same actions on every machine. Between any two events {@link #snapshot}
 * writes the whole state down, and {@link #restored} goes on from there. Late, repeated and unknown
 * reports change nothing. It is for one thread.
 */
public final class Searcher {
  /** So many invalid trials for each wanted one, and then some, before the search gives up. */
  private static final int INVALID_FACTOR = 10;

  private final SearchPlan plan;
  private final Methods.Chosen method;
  private final Sampler sampler;
  private final Pacer pacer;
  private final History history;
  private final Opening opening = new Opening();
  private NumpyRandom random;
  private int given;
  private List<Point> recalled = List.of();
  private boolean begun;
  private String closing = "";
  private boolean finished;

  /**
   * A search that waits for {@link SearchEvent.Begun}.
   *
   * @throws ferry.error.UserException for a method, setting or space that does not go together
   */
  public Searcher(SearchPlan plan) {
    this.plan = plan;
    method = Methods.choose(plan);
    sampler = method.sampler();
    pacer = method.pacer();
    history = new History(plan);
    random = new NumpyRandom(plan.seed());
  }

  /** A search that goes on from a {@link #snapshot} of one with the same plan. */
  public static Searcher restored(SearchPlan plan, String snapshot) {
    var searcher = new Searcher(plan);
    var state = Snapshot.read(snapshot);
    state.trials().forEach(searcher.history::add);
    searcher.random = NumpyRandom.restored(state.random());
    searcher.given = state.given();
    searcher.begun = state.begun();
    searcher.closing = state.closing();
    searcher.finished = state.finished();
    searcher.sampler.restore(state.sampler());
    searcher.pacer.restore(state.pacer());
    return searcher;
  }

  /** The whole state as JSON text. */
  public String snapshot() {
    return new Snapshot(
            random.state(),
            given,
            begun,
            closing,
            finished,
            history.trials(),
            sampler.state(),
            pacer.state())
        .text();
  }

  /**
   * Trials to be created next are known to have these points, in the order of their numbers: so a
   * record is read again without the work of finding them.
   */
  public void recall(List<Point> points) {
    recalled = List.copyOf(points);
  }

  /** Takes what happened; returns what to do about it, in order. */
  public List<SearchAction> on(SearchEvent event) {
    if (finished) {
      return List.of();
    }
    opening.actions = new ArrayList<>();
    switch (event) {
      case SearchEvent.Begun() -> begin();
      case SearchEvent.Reported reported -> report(reported);
      case SearchEvent.Ended(int trial, Ending ending) -> end(trial, ending);
      case SearchEvent.Halted(String why) -> close(why);
    }
    if (begun && history.active() == 0) {
      finish();
    }
    return List.copyOf(opening.actions);
  }

  public SearchPlan plan() {
    return plan;
  }

  /** The method in a sentence: what {@code auto} chose and why, or what was asked for. */
  public String words() {
    return method.words();
  }

  /** All trials so far, in the order of their numbers. */
  public List<Trial> trials() {
    return history.trials();
  }

  /** The best trial so far; empty while no trial reported a finite value. */
  public Optional<Trial> best() {
    return history.best() == 0 ? Optional.empty() : Optional.of(history.trial(history.best()));
  }

  public boolean finished() {
    return finished;
  }

  /** How much is done, 0 to 1. */
  public double progress() {
    return finished ? 1 : Math.clamp(pacer.progress(history), 0, 1);
  }

  /** How many trials would be trained how long, shortest first. */
  public List<Preview> preview() {
    return pacer.preview();
  }

  private void begin() {
    if (!begun) {
      begun = true;
      pacer.begin(opening);
    }
  }

  private void report(SearchEvent.Reported reported) {
    if (!known(reported.trial())
        || history.trial(reported.trial()).state() != Trial.State.RUNNING) {
      return;
    }
    var before = history.trial(reported.trial());
    double said = reported.length().orElse((double) (before.reports() + reported.count()));
    boolean counts = Double.isFinite(said) && plan.lengthParameter().isEmpty();
    double length = counts ? Math.max(0, said) : before.length();
    var trial = before.reported(length, reported, plan.goal());
    history.replace(trial);
    double loss = plan.goal().loss(reported.value());
    pacer.reported(opening, trial, length, loss);
    plan.target()
        .ifPresent(target -> {
          if (loss <= plan.goal().loss(target)) {
            close("trial " + trial.number() + " reached " + target);
          }
        });
  }

  private void end(int number, Ending ending) {
    if (!known(number)) {
      return;
    }
    var before = history.trial(number);
    if (before.state().ended() || before.state() == Trial.State.PAUSED) {
      return;
    }
    boolean failed = ending == Ending.INVALID || ending == Ending.FAILED && before.isTrained();
    boolean wanted = before.state() == Trial.State.STOPPING && !failed;
    var after = before.with(wanted ? Trial.State.STOPPED : state(ending));
    boolean whole = ending == Ending.FINISHED && plan.lengthParameter().isPresent();
    var trial = whole && !wanted ? after.trained() : after;
    history.replace(trial);
    sampler.ended(history, history.index(number));
    pacer.ended(opening, trial);
    int most = plan.maxFailures().orElse(Integer.MAX_VALUE);
    if (history.failed() > most) {
      close(history.failed() + " trials failed; at most " + most + " may");
    }
    if (history.invalid() > (long) INVALID_FACTOR * plan.trials() + 100) {
      close(history.invalid() + " trials said that their parameters cannot work");
    }
  }

  private static Trial.State state(Ending ending) {
    return switch (ending) {
      case FINISHED -> Trial.State.FINISHED;
      case FAILED -> Trial.State.FAILED;
      case INVALID -> Trial.State.INVALID;
      case STOPPED -> Trial.State.STOPPED;
    };
  }

  private boolean known(int trial) {
    return trial >= 1 && trial <= history.created();
  }

  private void close(String why) {
    if (!closing.isEmpty()) {
      return;
    }
    closing = why;
    for (var trial : List.copyOf(history.trials())) {
      if (trial.state() == Trial.State.RUNNING) {
        opening.stop(trial.number(), why);
      }
    }
  }

  private void finish() {
    finished = true;
    int done = history.created();
    opening.actions.add(
        new SearchAction.Finish(closing.isEmpty() ? "all " + done + " trials are done" : closing));
  }

  /** The known good point whose turn it is, what it leaves out filled in by the sampler's own. */
  private Optional<Point> nextPoint(int number) {
    if (given >= plan.points().size()) {
      return number <= recalled.size()
          ? sampler.again(recalled.get(number - 1), history, random, number)
          : sampler.next(history, random, number);
    }
    var first = plan.points().get(given++);
    var place = new double[plan.space().dimension()];
    for (int i = 0; i < place.length; i++) {
      boolean left = first.get(plan.space().parameters().get(i).name()).isEmpty();
      place[i] = left ? random.uniform() : 0.5;
    }
    return Optional.of(plan.space().complete(first, place));
  }

  /** What pacers may do, in the turn that is open. */
  private final class Opening implements Turn {
    private List<SearchAction> actions = new ArrayList<>();

    @Override
    public History history() {
      return history;
    }

    @Override
    public OptionalInt create(OptionalLong length) {
      int number = history.created() + 1;
      var point = closing.isEmpty() ? nextPoint(number) : Optional.<Point>empty();
      return point.isPresent()
          ? add(point.get(), length, OptionalInt.empty())
          : OptionalInt.empty();
    }

    @Override
    public OptionalInt create(Point point, OptionalLong length, int parent) {
      return closing.isEmpty() ? add(point, length, OptionalInt.of(parent)) : OptionalInt.empty();
    }

    /** As Determined does, four words are drawn for a trial's identity before its seed. */
    private OptionalInt add(Point point, OptionalLong length, OptionalInt parent) {
      for (int word = 0; word < 4; word++) {
        random.bits32();
      }
      long seed = random.below(1L << 31);
      int number = history.created() + 1;
      history.add(Trial.created(number, point, seed, length, parent));
      actions.add(new SearchAction.Create(number, point, seed, length, parent));
      return OptionalInt.of(number);
    }

    @Override
    public void stop(int trial, String why) {
      if (history.trial(trial).state() == Trial.State.RUNNING) {
        history.replace(history.trial(trial).with(Trial.State.STOPPING));
        actions.add(new SearchAction.Stop(trial, why));
      }
    }

    @Override
    public void pause(int trial) {
      if (history.trial(trial).state() == Trial.State.RUNNING) {
        history.replace(history.trial(trial).with(Trial.State.PAUSED));
        actions.add(new SearchAction.Pause(trial));
      }
    }

    @Override
    public void proceed(int trial, long length) {
      if (closing.isEmpty()) {
        history.replace(history.trial(trial).towards(length));
        actions.add(new SearchAction.Continue(trial, length));
      }
    }
  }
}
