package ferry.store;

import ferry.backend.Code;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.run.RunId;
import ferry.workflow.Schedule;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** A plan as JSON, without the environment of its place. */
final class PlanCodec {
  private PlanCodec() {}

  static String write(Plan plan) {
    return new Fields()
        .put("id", plan.id().value())
        .put("workflow", write(plan.workflow()))
        .put("backend", plan.backend())
        .put("place", write(plan.place()))
        .put("origin", write(plan.origin()))
        .put("code", write(plan.code()))
        .put("digest", plan.digest())
        .put("submitted", plan.submitted().truncatedTo(ChronoUnit.MILLIS).toString())
        .put("setting", plan.setting())
        .json();
  }

  /** The plan, with an environment from elsewhere. */
  static Plan read(String json, Map<String, String> environment) {
    var tree = Json.read(json);
    return new Plan(
        new RunId(tree.text("id")),
        workflow(tree.tree("workflow")),
        tree.text("backend"),
        place(tree.tree("place"), environment),
        origin(tree.tree("origin")),
        tree.optionalTree("code").map(PlanCodec::code).orElse(Code.UNKNOWN),
        tree.text("digest"),
        Instant.parse(tree.text("submitted")),
        tree.words("setting"));
  }

  private static Map<String, Object> write(Workflow workflow) {
    return new Fields()
        .put("name", workflow.name())
        .put("params", workflow.params())
        .put("steps", steps(workflow.steps()))
        .put("finally", steps(workflow.finallySteps()))
        .put("schedule", workflow.schedule().map(PlanCodec::write))
        .map();
  }

  private static Workflow workflow(Tree tree) {
    return new Workflow(
        tree.text("name"),
        tree.words("params"),
        tree.trees("steps").stream().map(StepCodec::read).toList(),
        tree.trees("finally").stream().map(StepCodec::read).toList(),
        tree.optionalTree("schedule").map(PlanCodec::schedule));
  }

  private static List<Map<String, Object>> steps(List<Step> steps) {
    return steps.stream().map(StepCodec::write).toList();
  }

  private static Map<String, Object> write(Schedule schedule) {
    return new Fields().put("cron", schedule.cron()).put("zone", schedule.zone().getId()).map();
  }

  private static Schedule schedule(Tree tree) {
    return new Schedule(tree.text("cron"), ZoneId.of(tree.text("zone")));
  }

  static Map<String, Object> write(Place place) {
    return new Fields()
        .put("directory", place.directory())
        .put("user", place.user())
        .put("host", place.host())
        .map();
  }

  static Place place(Tree tree, Map<String, String> environment) {
    return new Place(tree.text("directory"), environment, tree.text("user"), tree.text("host"));
  }

  private static Map<String, Object> write(Origin origin) {
    return new Fields()
        .put("kind", Words.write(origin.kind()))
        .put("text", origin.text())
        .put("file", origin.file())
        .put("parent", origin.parent().map(RunId::value))
        .put("warnings", origin.warnings())
        .map();
  }

  private static Origin origin(Tree tree) {
    return new Origin(
        Words.read(Origin.Kind.class, tree.text("kind")),
        tree.text("text"),
        tree.optionalText("file"),
        tree.optionalText("parent").map(RunId::new),
        tree.texts("warnings"));
  }

  private static Map<String, Object> write(Code code) {
    return new Fields()
        .put("snapshot", code.snapshot())
        .put("commit", code.commit())
        .putIf(code.dirty(), "dirty", true)
        .put("note", code.note())
        .map();
  }

  private static Code code(Tree tree) {
    return new Code(
        tree.optionalText("snapshot"),
        tree.optionalText("commit"),
        tree.flag("dirty"),
        tree.optionalText("note"));
  }
}
