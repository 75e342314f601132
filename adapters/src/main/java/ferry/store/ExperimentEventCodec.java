package ferry.store;

import ferry.experiment.ExperimentEvent;
import ferry.search.Ending;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What happened to experiments, as JSON. */
final class ExperimentEventCodec {
  private ExperimentEventCodec() {}

  /** The events of one turn. */
  static String write(List<ExperimentEvent> events) {
    return new Fields()
        .put("events", events.stream().map(ExperimentEventCodec::write).toList())
        .json();
  }

  static List<ExperimentEvent> read(String json) {
    return Json.read(json).trees("events").stream().map(ExperimentEventCodec::read).toList();
  }

  private static Map<String, Object> write(ExperimentEvent event) {
    var fields = new Fields().put("at", event.at().toEpochMilli());
    return switch (event) {
      case ExperimentEvent.Begun _ -> fields.put("kind", "begun").map();
      case ExperimentEvent.Named(_, var key, var form) ->
          fields.put("kind", "named").put("key", key).put("form", form).map();
      case ExperimentEvent.Reported reported -> write(reported, fields).map();
      case ExperimentEvent.Waits(_, int trial, var why) ->
          fields.put("kind", "waits").put("trial", trial).put("why", why).map();
      case ExperimentEvent.Wrote(_, int trial, var path) ->
          fields.put("kind", "wrote").put("trial", trial).put("path", path).map();
      case ExperimentEvent.Ended(_, int trial, var ending, var reason) ->
          fields
              .put("kind", "ended")
              .put("trial", trial)
              .put("ending", Words.write(ending))
              .putIf(!reason.isEmpty(), "reason", reason)
              .map();
      case ExperimentEvent.Halted(_, var why, boolean asked) ->
          fields.put("kind", "halted").put("why", why).putIf(asked, "asked", true).map();
      case ExperimentEvent.Paused _ -> fields.put("kind", "paused").map();
      case ExperimentEvent.Continued _ -> fields.put("kind", "continued").map();
    };
  }

  private static Fields write(ExperimentEvent.Reported reported, Fields fields) {
    return fields
        .put("kind", "reported")
        .put("trial", reported.trial())
        .put("source", reported.source())
        .put("index", reported.index())
        .put("length", reported.length())
        .put("value", number(reported.value()))
        .putIf(reported.count() != 1, "count", reported.count())
        .putIf(reported.fromZero(), "fromZero", true);
  }

  /** JSON has no number for what is none. */
  private static Object number(double value) {
    return Double.isFinite(value) ? (Object) value : Double.toString(value);
  }

  private static ExperimentEvent read(Tree tree) {
    var at = Instant.ofEpochMilli(tree.optionalNumber("at").orElse(0));
    int trial = tree.count("trial", 0);
    return switch (tree.text("kind")) {
      case "begun" -> new ExperimentEvent.Begun(at);
      case "named" -> new ExperimentEvent.Named(at, tree.text("key"), tree.text("form"));
      case "reported" ->
          new ExperimentEvent.Reported(
              at,
              trial,
              tree.text("source"),
              tree.optionalNumber("index").orElse(0),
              tree.optionalReal("length"),
              value(tree),
              tree.optionalNumber("count").orElse(1),
              tree.flag("fromZero"));
      case "waits" -> new ExperimentEvent.Waits(at, trial, tree.text("why"));
      case "wrote" -> new ExperimentEvent.Wrote(at, trial, tree.text("path"));
      case "ended" ->
          new ExperimentEvent.Ended(
              at,
              trial,
              Words.read(Ending.class, tree.text("ending")),
              tree.optionalText("reason").orElse(""));
      case "halted" -> new ExperimentEvent.Halted(at, tree.text("why"), tree.flag("asked"));
      case "paused" -> new ExperimentEvent.Paused(at);
      case "continued" -> new ExperimentEvent.Continued(at);
      case String other -> throw Tree.unreadable("nothing happens as `" + other + "`");
    };
  }

  private static double value(Tree tree) {
    return tree.fields().get("value") instanceof Number number
        ? number.doubleValue()
        : Double.parseDouble(tree.text("value"));
  }
}
