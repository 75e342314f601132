package ferry.server;

import ferry.experiment.Experiment;
import ferry.experiment.ExperimentSummary;
import ferry.experiment.TrialRecord;
import ferry.search.space.Parameter;
import ferry.search.space.Point;
import ferry.server.http.JsonWriter;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Experiments and trials as JSON. */
final class ExperimentJson {
  private ExperimentJson() {}

  static void summary(JsonWriter json, ExperimentSummary one) throws IOException {
    json.text("id", one.id().value())
        .text("workflow", one.workflow())
        .text("state", one.state().word())
        .text("reason", one.reason())
        .texts("notes", one.notes())
        .text("metric", one.metric())
        .text("collector", one.form())
        .text("goal", one.goal().name().toLowerCase(Locale.ROOT))
        .text("method", one.method())
        .number("planned", (long) one.planned())
        .object(
            "trials",
            counts -> {
              for (var count : one.trials().entrySet()) {
                counts.number(count.getKey().word(), (long) count.getValue());
              }
            })
        .text("submitted", one.submitted().toString())
        .text("ended", one.ended())
        .number("progress", one.progress())
        .texts("labels", one.labels());
  }

  /** With what it was made of, and its best trial. */
  static void whole(
      JsonWriter json, ExperimentSummary summary, Experiment experiment, Optional<TrialRecord> best)
      throws IOException {
    summary(json, summary);
    var template = experiment.template();
    var search = experiment.search();
    json.text("backend", template.backend())
        .text("command", template.origin().file().orElse(template.origin().text()))
        .text("kind", template.origin().file().isPresent() ? "file" : "typed")
        .text("directory", template.place().directory())
        .text("user", template.place().user())
        .text("host", template.place().host())
        .texts("params", template.workflow().params())
        .list("space", search.space().parameters(), ExperimentJson::parameter)
        .number("seed", search.seed())
        .number("parallel", (long) search.parallel())
        .number("length", search.length())
        .number("target", search.target())
        .text("searches", experiment.objective().metric())
        .text("lengthParameter", search.lengthParameter());
    if (best.isPresent()) {
      json.object("best", one -> trial(one, best.get()));
    }
  }

  private static void parameter(JsonWriter json, Parameter parameter) throws IOException {
    json.text("name", parameter.name()).text("range", parameter.text());
  }

  static void trial(JsonWriter json, TrialRecord trial) throws IOException {
    json.number("number", (long) trial.number())
        .text("run", trial.run().value())
        .text("state", trial.state().word())
        .tree("params", params(trial.point()))
        .number("metric", trial.metric())
        .number("length", trial.length())
        .number("reports", trial.reports())
        .number("seed", trial.seed())
        .text("created", trial.created().toString())
        .text("ended", trial.ended())
        .text("reason", trial.reason());
  }

  private static Object params(Point point) {
    return point.flat();
  }
}
