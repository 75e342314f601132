package ferry.server;

import ferry.error.RequestError;
import ferry.experiment.Experiment;
import ferry.experiment.ExperimentBook;
import ferry.experiment.ExperimentEvent;
import ferry.experiment.ExperimentSummary;
import ferry.experiment.TrialRecord;
import ferry.run.RunId;
import ferry.search.Importance;
import ferry.search.Trial;
import ferry.server.http.Exchange;
import ferry.server.http.JsonWriter;
import ferry.server.http.Route;
import ferry.tracking.MetricSeries;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What charts of an experiment are drawn from: curves of its trials, weights of its parameters. */
final class ExperimentCharts {
  private static final int POINTS = 50_000;
  private static final int FEWEST_POINTS = 8;
  private static final int MOST_POINTS = 500_000;
  private static final int PAGE = 1000;

  /** So many trials tell the weights well enough; a forest over more of them takes seconds. */
  private static final int MOST_WEIGHED = 2000;

  private static final int MOST_REMEMBERED = 50;

  private final ExperimentBook book;
  private final ExperimentLookup lookup;

  /** The weights that were computed last, and of how many trials. */
  private final Map<RunId, Weights> known = new ConcurrentHashMap<>();

  private record Weights(int trials, SequencedMap<String, Double> shares) {}

  /** Reports of one trial in the order in which they came; length is what the trial counts in. */
  private static final class Curve {
    private final MetricSeries places = new MetricSeries(8);
    private final List<Double> lengths = new ArrayList<>();

    void add(OptionalDouble length, double value, long atMillis) {
      places.add(lengths.size(), atMillis, value);
      lengths.add(length.orElse(lengths.size() + 1.0));
    }

    void write(JsonWriter json, int number, int most) throws IOException {
      var shown = places.thinned(most);
      var at = new ArrayList<Double>();
      var values = new ArrayList<Double>();
      for (int i = 0; i < shown.size(); i++) {
        at.add(lengths.get((int) shown.step(i)));
        values.add(shown.value(i));
      }
      json.number("number", (long) number).tree("lengths", at).tree("values", values);
    }
  }

  ExperimentCharts(ExperimentBook book) {
    this.book = book;
    this.lookup = new ExperimentLookup(book);
  }

  List<Route> routes() {
    var one = "/api/v1/experiments/{experiment}";
    return List.of(
        Route.of("GET", one + "/curves", this::curves),
        Route.of("GET", one + "/importance", this::importance));
  }

  private void curves(Exchange exchange) throws IOException {
    var summary = lookup.find(exchange.path("experiment"));
    long most = exchange.number("points", FEWEST_POINTS, MOST_POINTS).orElse((long) POINTS);
    var curves = new TreeMap<Integer, Curve>();
    for (var event : book.events(summary.id())) {
      if (event instanceof ExperimentEvent.Reported told) {
        curves
            .computeIfAbsent(told.trial(), _ -> new Curve())
            .add(told.length(), told.value(), told.at().toEpochMilli());
      }
    }
    int each = (int) Math.max(FEWEST_POINTS, most / Math.max(1, curves.size()));
    exchange.json(
        200,
        json ->
            json.list(
                "trials",
                curves.entrySet(),
                (one, curve) -> curve.getValue().write(one, curve.getKey(), each)));
  }

  private void importance(Exchange exchange) throws IOException {
    var summary = lookup.find(exchange.path("experiment"));
    var trials = ended(summary);
    var before = known.get(summary.id());
    var weights =
        before != null && before.trials == trials.size() ? before : weigh(summary, trials);
    exchange.json(
        200,
        json ->
            json.number("trials", (long) weights.trials)
                .text("method", "permutation importance over a random forest")
                .list(
                    "importance",
                    weights.shares.entrySet(),
                    (one, share) ->
                        one.text("name", share.getKey())
                            .number("share", share.getValue().doubleValue())));
  }

  private Weights weigh(ExperimentSummary summary, List<TrialRecord> trials) {
    var plan = experiment(summary).search();
    var told = trials.stream().map(ExperimentCharts::trial).toList();
    var shares = Importance.of(plan.space(), plan.goal(), told, plan.seed());
    var weights = new Weights(trials.size(), shares);
    if (known.size() >= MOST_REMEMBERED) {
      known.clear();
    }
    known.put(summary.id(), weights);
    return weights;
  }

  private Experiment experiment(ExperimentSummary summary) {
    return book.experiment(summary.id())
        .orElseThrow(() ->
            new RequestError.NotFound("experiment", summary.id().value(), Optional.empty())
                .thrown());
  }

  /** The newest trials that have ended and told the metric. */
  private List<TrialRecord> ended(ExperimentSummary summary) {
    var all = new ArrayList<TrialRecord>();
    int last = 0;
    for (var page = book.trials(summary.id(), last, PAGE);
        !page.isEmpty();
        page = book.trials(summary.id(), last, PAGE)) {
      page.stream()
          .filter(one -> one.ended().isPresent() && one.metric().isPresent())
          .forEach(all::add);
      last = page.getLast().number();
    }
    return all.subList(Math.max(0, all.size() - MOST_WEIGHED), all.size());
  }

  private static Trial trial(TrialRecord one) {
    double metric = one.metric().orElse(Double.NaN);
    return new Trial(
        one.number(),
        one.point(),
        one.seed(),
        Trial.State.FINISHED,
        OptionalLong.empty(),
        OptionalInt.empty(),
        one.reports(),
        one.length(),
        metric,
        metric);
  }
}
