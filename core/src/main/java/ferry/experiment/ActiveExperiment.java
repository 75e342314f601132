package ferry.experiment;

import ferry.collect.LogMetrics.Found;
import ferry.collect.RunMetrics;
import ferry.experiment.ExperimentWish.Seen;
import ferry.experiment.ExperimentWish.TrialEnded;
import ferry.experiment.ExperimentWish.Waits;
import ferry.experiment.ExperimentWish.Wrote;
import ferry.search.Ending;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * An experiment that goes on, in the turn that is open: its state, and what has happened to it that
 * is not durable yet.
 */
final class ActiveExperiment {
  private final ExperimentState state;
  private final boolean isNew;
  private final Map<String, Sightings> logs = new HashMap<>();
  private List<ExperimentEvent> events = new ArrayList<>();
  private Consequences then = new Consequences();
  private long first;

  ActiveExperiment(ExperimentState state, boolean isNew) {
    this.state = state;
    this.isNew = isNew;
    this.first = state.events();
  }

  ExperimentState state() {
    return state;
  }

  void happened(ExperimentEvent event) {
    var open = new ArrayDeque<ExperimentEvent>();
    open.add(event);
    while (!open.isEmpty()) {
      var next = open.remove();
      events.add(next);
      state.apply(next, then);
      open.addAll(then.events);
      then.events.clear();
    }
  }

  /** Takes what was seen in a log of a trial, as far as it is new. */
  void seen(Seen wish, Instant now) {
    int number = wish.trial();
    if (!state.listensTo(number, wish.continued())) {
      return;
    }
    var name = key(number, wish.continued(), wish.source());
    var log = logs.computeIfAbsent(name, _ -> reader(wish.source()));
    var found = wish.found();
    for (int i = 0; i < found.size(); i++) {
      measure(log, found, i);
      var one = found.get(i);
      if (log.isBetterName(one, state.named()) || isPrintedToo(log, one, wish.source())) {
        happened(new ExperimentEvent.Named(now, one.sighting().key(), one.form()));
      }
      if (log.isMetric(one, state.named())) {
        log.report(one, wish.first() + i)
            .forEach(report -> report(number, wish.source(), report, now));
      }
    }
  }

  /** The length may stand behind the metric in the same line. */
  private static void measure(Sightings log, List<Found> found, int from) {
    long line = found.get(from).line();
    boolean begins = from == 0 || found.get(from - 1).line() != line;
    for (int i = from; begins && i < found.size() && found.get(i).line() == line; i++) {
      log.measure(found.get(i));
    }
  }

  private boolean isPrintedToo(Sightings log, Found found, String source) {
    var workflow = state.experiment().template().workflow();
    return RunMetrics.isOfStep(workflow, stepRun(source)) && log.isPrintedToo(found, state.named());
  }

  private static String stepRun(String source) {
    int end = source.indexOf('/');
    return end < 0 ? source : source.substring(0, end);
  }

  private Sightings reader(String source) {
    var stepRun = stepRun(source);
    int bracket = stepRun.indexOf('[');
    var step = bracket < 0 ? stepRun : stepRun.substring(0, bracket);
    var experiment = state.experiment();
    return new Sightings(experiment.objective(), experiment.search(), step);
  }

  private void report(int number, String source, Sightings.Report report, Instant now) {
    var trial = state.trial(number);
    boolean fromZero =
        report.place().isPresent() && trial.counting().isFromZero(source, report.place());
    var at = report.length();
    var length = fromZero && at.isPresent() ? OptionalDouble.of(at.getAsDouble() + 1) : at;
    if (!state.isRunning(number)) {
      state.trainsOn(number, source, length, then);
    } else if (!trial.hasSeen(source, report.index())) {
      happened(
          new ExperimentEvent.Reported(
              now,
              number,
              source,
              report.index(),
              length,
              report.value(),
              report.count(),
              fromZero));
    }
  }

  /** Takes why a trial cannot be started now, once, or that it was. */
  void waits(Waits wish, Instant now) {
    int number = wish.trial();
    if (state.listensTo(number, wish.continued())
        && state.isDelayed(number) == wish.why().isEmpty()) {
      happened(new ExperimentEvent.Waits(now, number, wish.why()));
    }
  }

  /** Takes what was written behind links, each path once in an experiment. */
  void wrote(Wrote wish, Instant now) {
    wish.paths().stream()
        .filter(state::isNews)
        .forEach(path -> happened(new ExperimentEvent.Wrote(now, wish.trial(), path)));
  }

  void ended(TrialEnded wish, Instant now) {
    int number = wish.trial();
    if (!state.listensTo(number, wish.continued()) || state.isPutAside(number)) {
      return;
    }
    var prefix = key(number, wish.continued(), "");
    for (var log : List.copyOf(logs.entrySet())) {
      if (log.getKey().startsWith(prefix)) {
        var source = log.getKey().substring(prefix.length());
        log.getValue().last().forEach(report -> report(number, source, report, now));
        logs.remove(log.getKey());
      }
    }
    Ending ending = state.trial(number).counted(wish.ending());
    happened(new ExperimentEvent.Ended(now, number, ending, reason(wish, ending)));
  }

  /** Why it ended; of one that ran well and told nothing, what it told in place of the metric. */
  private String reason(TrialEnded wish, Ending ending) {
    if (ending != Ending.FINISHED || state.hasReports(wish.trial())) {
      return wish.reason();
    }
    return Unseen.words(state.experiment().objective(), wish.likely());
  }

  /** Each run of a trial has logs of its own, which are read from their beginnings. */
  private static String key(int trial, int continued, String source) {
    return trial + " " + continued + " " + source;
  }

  void checkBudget(Instant now) {
    state.overBudget(now).ifPresent(why -> happened(new ExperimentEvent.Halted(now, why, false)));
  }

  /** Whether anything happened that is to be made durable. */
  boolean isChanged() {
    return !events.isEmpty();
  }

  /** What is to be made durable. */
  ExperimentBook.Entry entry() {
    var trials = new ArrayList<TrialRecord>();
    state.count(then.changed, trials::add);
    return new ExperimentBook.Entry(
        state.experiment(), isNew && first == 0, events, first, state.summary(), trials);
  }

  /** What is to be done although nothing happened that must be durable first. */
  Consequences other() {
    return isChanged() ? new Consequences() : settled();
  }

  /** It is durable: gives what is to be done, and begins anew. */
  Consequences settled() {
    var done = then;
    then = new Consequences();
    events = new ArrayList<>();
    first = state.events();
    return done;
  }
}
