package ferry.server;

import ferry.experiment.Experiment;
import ferry.experiment.ExperimentBook;
import ferry.experiment.ExperimentSummary;
import ferry.experiment.TrialRecord;
import ferry.server.http.JsonWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Tells one watcher how an experiment goes on: a few times a second, what a screen can show,
 * however many trials there are.
 */
final class LiveExperiment {
  private static final long MOMENT = Duration.ofMillis(200).toNanos();
  private static final int PAGE = 1000;
  private static final int POINTS = 60;
  private static final int MOST_RUNNING = 20;

  private final ExperimentBook book;
  private final Experiment experiment;
  private final ExperimentWatch watch;
  private final SseWriter out;

  /** What ended trials came to, and those that run, by number. */
  private final TreeMap<Integer, Double> values = new TreeMap<>();

  private final Map<Integer, TrialRecord> running = new TreeMap<>();

  LiveExperiment(ExperimentBook book, Experiment experiment, ExperimentWatch watch, SseWriter out) {
    this.book = book;
    this.experiment = experiment;
    this.watch = watch;
    this.out = out;
  }

  void tell(ExperimentSummary found) throws IOException, InterruptedException {
    int last = 0;
    for (var page = book.trials(found.id(), last, PAGE);
        !page.isEmpty();
        page = book.trials(found.id(), last, PAGE)) {
      take(page);
      last = page.getLast().number();
    }
    var summary = book.find(found.id()).orElse(found);
    while (!summary.state().isEnded()) {
      send("experiment", summary);
      summary = next();
    }
    send("end", summary);
    out.flush();
  }

  private ExperimentSummary next() throws IOException, InterruptedException {
    out.flush();
    long until = System.nanoTime() + MOMENT;
    while (true) {
      var changes = watch.take(out.heartbeatAt());
      take(changes.trials());
      if (changes.summary().isPresent()) {
        var next = changes.summary().get();
        long wait = until - System.nanoTime();
        if (wait > 0 && !next.state().isEnded()) {
          Thread.sleep(Duration.ofNanos(wait));
        }
        var more = watch.take(System.nanoTime());
        take(more.trials());
        return more.summary().orElse(next);
      }
      out.heartbeatIfDue();
    }
  }

  private void take(Collection<TrialRecord> trials) {
    for (var trial : trials) {
      boolean runs = trial.state() == TrialRecord.State.RUNNING;
      if (runs) {
        running.put(trial.number(), trial);
      } else {
        running.remove(trial.number());
      }
      trial.metric().ifPresent(value -> values.put(trial.number(), value));
    }
  }

  private void send(String event, ExperimentSummary summary) throws IOException {
    Optional<TrialRecord> best =
        summary.best().isEmpty()
            ? Optional.empty()
            : book.trial(summary.id(), summary.best().getAsInt());
    out.event(
        event,
        json -> {
          ExperimentJson.whole(json, summary, experiment, best);
          json.tree("spark", spark());
          json.list("running", some(), ExperimentJson::trial);
        });
  }

  private List<TrialRecord> some() {
    return running.values().stream().limit(MOST_RUNNING).toList();
  }

  /** The best value up to each trial, in so few points that they fit on a line. */
  private List<Double> spark() {
    var goal = experiment.search().goal();
    var line = new java.util.ArrayList<Double>();
    var best = OptionalDouble.empty();
    int every = Math.max(1, (values.size() + POINTS - 1) / POINTS);
    int i = 0;
    for (double value : values.values()) {
      boolean better =
          Double.isFinite(value)
              && (best.isEmpty() || goal.loss(value) < goal.loss(best.getAsDouble()));
      best = better ? OptionalDouble.of(value) : best;
      if (++i % every == 0 && best.isPresent()) {
        line.add(best.getAsDouble());
      }
    }
    return line;
  }

  static JsonWriter.Content summary(ExperimentSummary summary) {
    return json -> ExperimentJson.summary(json, summary);
  }
}
