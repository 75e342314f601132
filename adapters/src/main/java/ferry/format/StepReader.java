package ferry.format;

import ferry.error.FileError;
import ferry.workflow.Command;
import ferry.workflow.Condition;
import ferry.workflow.Foreach;
import ferry.workflow.Foreach.Items;
import ferry.workflow.Names;
import ferry.workflow.SecretRef;
import ferry.workflow.Step;
import ferry.workflow.StepFiles;
import ferry.workflow.Surroundings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the steps of ferry.yaml. */
final class StepReader {
  private static final int MOST_WORKERS = 1000;
  private static final int MOST_REPETITIONS = 100_000;
  private static final String SHAPE = "a command, or a mapping with `run`";

  private final Source source;
  private final Wishes defaults;
  private final Map<String, SecretRef> secrets;
  private final Optional<String> requirements;

  /** The defaults, secrets and requirements are those of the whole workflow. */
  StepReader(
      Source source,
      Wishes defaults,
      Map<String, SecretRef> secrets,
      Optional<String> requirements) {
    this.source = source;
    this.defaults = defaults;
    this.secrets = secrets;
    this.requirements = requirements;
  }

  StepDraft read(Fields steps, Node.Entry entry) {
    var name = name(steps, entry.key());
    var label = "step `" + name + "`";
    var body = steps.something(entry, label);
    if (body instanceof Node.Scalar run) {
      return new Reading(entry.key(), name, body, shorthand(run)).draft();
    }
    if (!(body instanceof Node.Mapping mapping)) {
      throw steps.wrong(body, label, SHAPE);
    }
    return new Reading(entry.key(), name, body, Fields.of(source, label, mapping, FerryKeys.STEP))
        .draft();
  }

  /** {@code name: command} is short for a mapping with only {@code run}. */
  private Fields shorthand(Node.Scalar run) {
    var key = new Node.Scalar(run.span(), "run", true);
    var mapping = new Node.Mapping(run.span(), List.of(new Node.Entry(key, run)));
    return Fields.of(source, "the step", mapping, FerryKeys.STEP);
  }

  private static String name(Fields steps, Node.Scalar key) {
    if (key.isNumber()) {
      var help = List.of("a word says more; if it must be this, write `\"" + key.text() + "\"`");
      throw steps.error(
          new FileError.WrongType("the name of a step", key.described(), "a text", help), key);
    }
    steps.parsed(
        "name",
        key,
        text -> {
          Names.checkStep(text);
          return text;
        });
    return key.text();
  }

  /** Secrets by the names of the variables that they become. */
  static Map<String, SecretRef> secrets(Fields fields) {
    var secrets = new LinkedHashMap<String, SecretRef>();
    for (var entry : fields.names("secrets", "a mapping of names to `{secret: …, key: …}`")) {
      var variable = Wishes.variable(fields, entry.key());
      var what = "secret `" + variable + "`";
      var value = fields.something(entry, what);
      if (!(value instanceof Node.Mapping)) {
        throw fields.hidden(entry, what, "a mapping like `{secret: NAME, key: KEY}`");
      }
      var inner = fields.nested(what, value, FerryKeys.SECRET);
      var secret = inner.neededText("secret").text();
      secrets.put(variable, new SecretRef(secret, inner.neededText("key").text()));
    }
    return secrets;
  }

  /** The reading of one step; collects the texts that may hold placeholders. */
  private final class Reading {
    private final Node.Scalar key;
    private final String name;
    private final Node body;
    private final Fields fields;
    private final List<Template> templates = new ArrayList<>();
    private final List<Template> sources = new ArrayList<>();

    Reading(Node.Scalar key, String name, Node body, Fields fields) {
      this.key = key;
      this.name = name;
      this.body = body;
      this.fields = fields;
    }

    StepDraft draft() {
      var wishes = Wishes.read(fields, defaults);
      templates.addAll(plain(wishes.env().values()));
      var step =
          Step.named(name, command())
              .after(after())
              .resources(wishes.resources())
              .surroundings(surroundings(wishes))
              .retries(wishes.retries())
              .files(files())
              .workers(fields.number("workers", 1, MOST_WORKERS).orElse(1));
      wishes.timeout().ifPresent(step::timeout);
      fields.node("foreach").map(this::foreach).ifPresent(step::foreach);
      fields.text("when").map(this::condition).ifPresent(step::when);
      return new StepDraft(key, body, step.build(), templates, sources);
    }

    private Command command() {
      var run =
          fields.text(
              fields.needed("run", "write the command: `run: python train.py`"),
              fields.what("run"));
      if (run.isNumber()) {
        throw fields.wrong(run, fields.what("run"), "a command");
      }
      if (run.text().isBlank()) {
        throw fields.error(new FileError.NoValue(fields.what("run")), run);
      }
      Template.refuseUnclosedQuote(source, run);
      templates.add(Template.shell(run));
      return new Command.Shell(run.text());
    }

    private List<String> after() {
      var names = new LinkedHashSet<String>();
      fields.texts("after").forEach(scalar -> names.add(scalar.text()));
      return List.copyOf(names);
    }

    private Condition condition(Node.Scalar when) {
      templates.add(Template.plain(when));
      return fields.parsed("when", when, Condition::parse);
    }

    private Surroundings surroundings(Wishes wishes) {
      var env = new LinkedHashMap<String, String>();
      wishes.env().forEach((variable, value) -> env.put(variable, value.text()));
      var all = new LinkedHashMap<>(secrets);
      all.putAll(secrets(fields));
      all.keySet().stream().filter(env::containsKey).findFirst().ifPresent(this::refuseBoth);
      var file = fields.text("requirements").map(Node.Scalar::text).or(() -> requirements);
      return new Surroundings(env, all, file);
    }

    private void refuseBoth(String variable) {
      var help = List.of("give one of them another name");
      var found = "both a secret and a variable of `env`";
      throw fields.error(
          new FileError.WrongType("`" + variable + "` of " + label(), found, "one of them", help),
          key);
    }

    private StepFiles files() {
      var inputs = fields.texts("inputs");
      var outputs = fields.texts("outputs");
      templates.addAll(plain(inputs));
      templates.addAll(plain(outputs));
      return new StepFiles(texts(inputs), texts(outputs), fields.truth("cache").orElse(false));
    }

    private Foreach foreach(Node node) {
      var expected = "a mapping of a variable to its values, like `{size: [1, 2]}`";
      var variables = new LinkedHashMap<String, Items>();
      long combinations = 1;
      for (var entry : fields.mapping(node, fields.what("foreach"), expected).entries()) {
        var items = items(entry);
        variables.put(variable(entry.key()), items);
        combinations *= items instanceof Items.Listed(var values) ? values.size() : 1;
        if (combinations > MOST_REPETITIONS) {
          throw tooMany(node);
        }
      }
      if (variables.isEmpty()) {
        throw fields.wrong(node, fields.what("foreach"), expected);
      }
      return new Foreach(variables);
    }

    private RuntimeException tooMany(Node node) {
      var found = "more than %,d combinations".formatted(MOST_REPETITIONS);
      var help = List.of("leave values out, or split the step");
      return fields.error(
          new FileError.WrongType(fields.what("foreach"), found, "fewer", help), node);
    }

    private String variable(Node.Scalar variable) {
      return FerryFile.parameter(fields, "variable", variable);
    }

    private Items items(Node.Entry entry) {
      var what = "`" + entry.key().shown() + "` in " + fields.what("foreach");
      var expected = "a list, or a value of an earlier step like `\"{prepare.files}\"`";
      return switch (fields.something(entry, what)) {
        case Node.Sequence list -> listed(list, what);
        case Node.Scalar scalar -> fromStep(scalar, what, expected);
        case Node.Mapping mapping -> throw fields.wrong(mapping, what, expected);
      };
    }

    private Items listed(Node.Sequence list, String what) {
      if (list.items().isEmpty()) {
        var help =
            List.of("a step that is repeated for nothing never runs: name at least one value");
        throw fields.error(
            new FileError.WrongType(what, "an empty list", "at least one value", help), list);
      }
      var values = new LinkedHashSet<String>();
      for (var item : list.items()) {
        var value = fields.text(item, "a value of " + what);
        if (!values.add(value.text())) {
          var found = "a list with `" + value.shown() + "` twice";
          throw fields.error(
              new FileError.WrongType(what, found, "each value once", List.of()), value);
        }
      }
      return new Items.Listed(List.copyOf(values));
    }

    private Items fromStep(Node.Scalar scalar, String what, String expected) {
      var template = Template.plain(scalar);
      var used = template.only();
      var step = used.flatMap(Template::step);
      if (used.isEmpty() || step.isEmpty()) {
        throw fields.wrong(scalar, what, expected);
      }
      sources.add(template);
      return new Items.FromStep(step.get(), Template.value(used.get()));
    }

    private String label() {
      return "step `" + name + "`";
    }
  }

  private static List<Template> plain(Collection<Node.Scalar> texts) {
    return texts.stream().map(Template::plain).toList();
  }

  private static List<String> texts(List<Node.Scalar> scalars) {
    return scalars.stream().map(Node.Scalar::text).toList();
  }
}
