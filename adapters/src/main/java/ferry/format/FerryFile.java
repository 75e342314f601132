package ferry.format;

import ferry.error.DefinitionError;
import ferry.error.FileError;
import ferry.error.UserException;
import ferry.workflow.Dag;
import ferry.workflow.Names;
import ferry.workflow.Placeholder;
import ferry.workflow.Schedule;
import ferry.workflow.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ferry's own ferry.yaml. */
final class FerryFile {
  static final String FORMAT = "ferry.yaml";

  private static final String STEPS =
      "a mapping of names to steps, like `prepare: python prepare.py`";

  private final Source source;
  private final Fields top;
  private final Schedules schedules;

  private FerryFile(Source source, Node.Mapping root, Schedules schedules) {
    this.source = source;
    this.top = Fields.of(source, "the workflow", root, FerryKeys.WORKFLOW);
    this.schedules = schedules;
  }

  /** Reads a workflow; the given parameters stand in place of, or beside, those of the file. */
  static Workflow read(
      Source source, Node.Mapping root, Schedules schedules, Map<String, String> given) {
    return new FerryFile(source, root, schedules).workflow(given);
  }

  private Workflow workflow(Map<String, String> given) {
    var name = name();
    var params = new LinkedHashMap<String, String>();
    top.namedTexts("params", key -> parameter(top, "parameter", key))
        .forEach((key, value) -> params.put(key, value.text()));
    params.putAll(given);
    var reader = reader();
    var steps =
        drafts(
            "steps",
            top.needed("steps", "write `steps:` and below it `hello: echo hello`"),
            reader);
    var last = top.node("finally").map(node -> drafts("finally", node, reader)).orElse(List.of());
    var schedule = top.node("schedule").map(this::schedule);
    var lookup = new NameLookup(source, params.keySet(), steps, last);
    return checked(lookup, name, params, schedule);
  }

  private Workflow checked(
      NameLookup lookup, String name, Map<String, String> params, Optional<Schedule> schedule) {
    var steps = lookup.steps();
    var last = lookup.finallySteps();
    try {
      var workflow = new Workflow(name, params, steps, last, schedule);
      Dag.of(workflow);
      return workflow;
    } catch (UserException e) {
      throw e.error() instanceof DefinitionError error ? lookup.placed(error, top.mapping()) : e;
    }
  }

  private String name() {
    var name = top.text("name");
    if (name.isEmpty()) {
      return WorkflowFiles.nameFor(source);
    }
    if (name.get().isNumber()) {
      var help = List.of("write `\"" + name.get().text() + "\"` if it must be this");
      throw top.error(
          new FileError.WrongType(top.what("name"), name.get().described(), "a text", help),
          name.get());
    }
    return top.parsed(
        "name",
        name.get(),
        text -> {
          Names.checkWorkflow(text);
          return text;
        });
  }

  private StepReader reader() {
    var defaults =
        top.node("defaults")
            .map(node -> Wishes.read(top.inner("defaults", node, FerryKeys.DEFAULTS), Wishes.NONE))
            .orElse(Wishes.NONE);
    var requirements = top.text("requirements").map(Node.Scalar::text);
    return new StepReader(source, defaults, StepReader.secrets(top), requirements);
  }

  private List<StepDraft> drafts(String key, Node node, StepReader reader) {
    var drafts = new ArrayList<StepDraft>();
    var mapping = top.mapping(node, top.what(key), STEPS);
    if (mapping.entries().isEmpty()) {
      throw top.wrong(mapping, "an empty mapping", top.what(key), "at least one step");
    }
    mapping.entries().forEach(entry -> drafts.add(reader.read(top, entry)));
    return drafts;
  }

  private Schedule schedule(Node node) {
    var fields = top.inner("schedule", node, FerryKeys.SCHEDULE);
    var zone = fields.parsed("timezone", Schedules::zone).orElse(schedules.zone());
    return fields.parsed("cron", fields.neededText("cron"), cron -> schedules.checked(cron, zone));
  }

  /** A name that can stand in a placeholder. */
  static String parameter(Fields fields, String what, Node.Scalar name) {
    if (!Placeholder.isName(name.text()) || name.text().contains(".")) {
      var expected =
          "letters, digits, `-` and `_`, no digit first, so that it can stand in `{name}`";
      throw fields.error(new DefinitionError.BadName(what, name.shown(), expected), name);
    }
    return name.text();
  }
}
