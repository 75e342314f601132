package ferry.experiment;

import ferry.run.RunId;
import ferry.search.Ending;
import ferry.search.SearchAction;
import ferry.search.SearchPlan;
import ferry.search.Trial;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** One trial on its way, beside what the searcher knows of it. */
final class TrialProgress {
  /** The source of reports that are an attempt's own: its step run, and its number. */
  private static final Pattern ATTEMPT = Pattern.compile("(.+)/([0-9]{1,6})");

  private final SearchAction.Create created;
  private final Instant since;
  private final Optional<RunId> parent;
  private OptionalLong target;
  private int continued;
  private boolean stopping;
  private boolean overdue;
  private boolean finishing;
  private boolean failing;
  private Optional<TrialLaunch.Predecessor> after = Optional.empty();
  private Optional<TrialRecord.State> left = Optional.empty();
  private Optional<Instant> ended = Optional.empty();
  private String reason = "";

  /** The index of the last sighting in each of its logs that is on record. */
  private Map<String, Long> recorded = new HashMap<>();

  private final Counting counting;
  private final double inherited;

  /**
   * @param parent the run whose checkpoint it begins with
   * @param counting how that one's script counts
   * @param inherited how much of its training that one has done
   */
  TrialProgress(
      SearchAction.Create created,
      Instant since,
      Optional<RunId> parent,
      Counting counting,
      double inherited) {
    this.inherited = inherited;
    this.created = created;
    this.parent = parent;
    this.since = since;
    this.target = created.length();
    this.counting = new Counting(counting);
  }

  int number() {
    return created.trial();
  }

  int continued() {
    return continued;
  }

  OptionalLong target() {
    return target;
  }

  TrialLaunch launch(Experiment experiment) {
    return new TrialLaunch(
        experiment.id(),
        created.trial(),
        continued,
        created.point(),
        created.seed(),
        target,
        checkpoint(experiment),
        after);
  }

  /** It has a place, and begins where this one has ended. */
  void follows(Optional<TrialLaunch.Predecessor> other) {
    after = other;
  }

  /** Where it was put aside there are its own. */
  private Optional<RunId> checkpoint(Experiment experiment) {
    return continued == 0
        ? parent
        : Optional.of(Experiment.run(experiment.id(), number(), continued - 1));
  }

  boolean hasSeen(String source, long index) {
    return recorded.getOrDefault(source, -1L) >= index;
  }

  void reported(ExperimentEvent.Reported event) {
    recorded.merge(event.source(), event.index(), Math::max);
    if (event.length().isPresent()) {
      counting.counts(event.source(), event.fromZero());
    }
  }

  /** How much of its training another trial has done, which is not trained again. */
  double inherited() {
    return inherited;
  }

  Counting counting() {
    return counting;
  }

  void stop(String why) {
    stopping = true;
    reason = why;
  }

  /** It has trained as long as it should: what it does after that, like saving, it may do. */
  void mayFinish() {
    finishing = true;
  }

  boolean isFinishing() {
    return finishing && !stopping;
  }

  boolean isStopping() {
    return stopping;
  }

  /** It was told how long to train, and goes on: it is ended, and counts as finished. */
  void isOverdue() {
    overdue = true;
  }

  boolean wasOverdue() {
    return overdue;
  }

  /**
   * Whether this is the log of an attempt after the one that trained as long as it should: that one
   * has failed.
   */
  boolean isBegunAgain(String source) {
    var match = ATTEMPT.matcher(source);
    return match.matches()
        && recorded.keySet().stream()
            .map(ATTEMPT::matcher)
            .anyMatch(one ->
                one.matches()
                    && one.group(1).equals(match.group(1))
                    && Integer.parseInt(one.group(2)) < Integer.parseInt(match.group(2)));
  }

  /** It failed when it was trained: however it is ended now, that counts. */
  void isFailing() {
    failing = true;
  }

  void proceed(long length) {
    target = OptionalLong.of(length);
    continued++;
    stopping = false;
    overdue = false;
    finishing = false;
    failing = false;
    ended = Optional.empty();
    reason = "";
    recorded = new HashMap<>();
  }

  void ended(Instant at, String why) {
    ended = Optional.of(at);
    if (reason.isEmpty()) {
      reason = why;
    }
    recorded = Map.of();
  }

  /** It was put aside, and the search has ended: nobody goes on with it. */
  void isLeft(boolean whole) {
    left = Optional.of(whole ? TrialRecord.State.SUCCEEDED : TrialRecord.State.STOPPED);
    if (!whole && reason.isEmpty()) {
      reason = "others were gone on with";
    }
  }

  /** How its end counts: what was ended because it trained longer than it should has finished. */
  Ending counted(Ending ending) {
    if (failing && ending == Ending.STOPPED) {
      return Ending.FAILED;
    }
    return overdue && ending == Ending.STOPPED ? Ending.FINISHED : ending;
  }

  TrialRecord record(Experiment experiment, Trial known, boolean started) {
    SearchPlan plan = experiment.search();
    double value = known.value(plan.strategy());
    boolean any = known.reports() > 0;
    return new TrialRecord(
        created.trial(),
        Experiment.run(experiment.id(), created.trial(), continued),
        left.orElse(isWhole(known) ? TrialRecord.State.SUCCEEDED : state(known.state(), started)),
        created.point(),
        created.seed(),
        any
            ? OptionalDouble.of(Double.isNaN(value) ? known.last() : value)
            : OptionalDouble.empty(),
        Math.max(known.length(), 0),
        known.reports(),
        since,
        ended,
        reason);
  }

  /** One that was ended where it should end has succeeded. */
  private boolean isWhole(Trial known) {
    return known.state() == Trial.State.STOPPED
        && target.isPresent()
        && known.length() >= target.getAsLong();
  }

  private static TrialRecord.State state(Trial.State state, boolean started) {
    return switch (state) {
      case RUNNING, STOPPING -> started ? TrialRecord.State.RUNNING : TrialRecord.State.WAITING;
      case PAUSED -> TrialRecord.State.PAUSED;
      case STOPPED -> TrialRecord.State.STOPPED;
      case FINISHED -> TrialRecord.State.SUCCEEDED;
      case FAILED -> TrialRecord.State.FAILED;
      case INVALID -> TrialRecord.State.INVALID;
    };
  }
}
