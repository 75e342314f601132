package ferry.format;

import ferry.error.DefinitionError;
import ferry.error.UserException;
import ferry.workflow.Command;
import ferry.workflow.CpuText;
import ferry.workflow.MemoryText;
import ferry.workflow.Names;
import ferry.workflow.Resources;
import ferry.workflow.Step;
import ferry.workflow.Surroundings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/** The trial template of Katib's Experiment: the container of a Job as a step. */
final class KatibTrial {
  private final Foreign template;
  private final List<String> names;
  private final List<String> warnings;
  private Optional<String> image = Optional.empty();

  /**
   * A template.
   *
   * @param names of the parameters that its own may refer to
   */
  KatibTrial(Foreign template, List<String> names, List<String> warnings) {
    this.template = template;
    this.names = List.copyOf(names);
    this.warnings = warnings;
  }

  /** The image of its container, once the step was made. */
  Optional<String> image() {
    return image;
  }

  Step step() {
    template
        .node("configMap")
        .ifPresent(_ -> {
          throw template.bad(
              "configMap", "a template in a ConfigMap", "`trialSpec` in this file itself");
        });
    var declared = new LinkedHashMap<String, Foreign>();
    var references = references(declared);
    var job = template.neededInner("trialSpec", "the Job that a trial is");
    if (job.node("kind").isPresent()) {
      job.word("kind", List.of("Job"));
    }
    var pod =
        job.neededInner("spec", "the Job's `template`")
            .neededInner("template", "the Job's Pod")
            .neededInner("spec", "the Pod's `containers`");
    pod.needed("containers", "the containers of the Pod");
    var places = new KatibPlaces(references, warnings);
    var step = step(chosen(pod.inners("containers")), places);
    template.rest("retain", "primaryPodLabels", "successCondition", "failureCondition");
    declared.forEach((name, parameter) -> {
      if (!places.used().contains(name)) {
        parameter.warn("name", "`" + name + "` is used nowhere in `trialSpec`");
      }
    });
    warnOfUnused(references);
    return step;
  }

  /** What each place is called by, and what it refers to. */
  private Map<String, String> references(Map<String, Foreign> declared) {
    var references = new LinkedHashMap<String, String>();
    for (var parameter : template.inners("trialParameters")) {
      var name = parameter.neededText("name", "what `${trialParameters.NAME}` calls it");
      var reference = reference(parameter);
      if (references.containsValue(reference)) {
        throw parameter.bad(
            "reference", "`" + reference + "`, as that of another", "each reference once");
      }
      if (references.put(name, reference) != null) {
        throw parameter.bad("name", "`" + name + "`, as that of another", "each name once");
      }
      declared.put(name, parameter);
      parameter.node("description");
      parameter.rest();
    }
    return references;
  }

  private void warnOfUnused(Map<String, String> references) {
    for (var name : names) {
      if (!references.containsValue(name)) {
        template.warn("trialParameters", "refers nowhere to the parameter `" + name + "`");
      }
    }
  }

  private String reference(Foreign parameter) {
    var reference =
        parameter.neededText(
            "reference", "the name of one of `parameters`: " + String.join(", ", names));
    if (!reference.startsWith("${") && !names.contains(reference)) {
      var near = Names.nearest(reference, names).map(one -> "did you mean `" + one + "`?");
      throw parameter.bad(
          "reference",
          "`" + reference + "`",
          "the name of one of `parameters`: " + String.join(", ", names),
          near.stream().toArray(String[]::new));
    }
    return reference;
  }

  private Foreign chosen(List<Foreign> containers) {
    var primary = template.text("primaryContainerName");
    var names = containers.stream().flatMap(one -> one.text("name").stream()).toList();
    for (var container : containers) {
      if (primary.isEmpty() || container.text("name").equals(primary)) {
        return container;
      }
    }
    throw template.unknown("primaryContainerName", primary.orElse(""), names);
  }

  private Step step(Foreign container, KatibPlaces places) {
    var argv = new ArrayList<String>();
    for (var key : List.of("command", "args")) {
      container.scalars(key).forEach(word -> argv.add(places.filled(container, key, word)));
    }
    if (argv.isEmpty() || argv.getFirst().isBlank()) {
      throw container.bad("command", "not there", "the command that trains, as a list");
    }
    image = container.text("image");
    image.ifPresent(_ -> container.warn("image", "is not used where trials are local processes"));
    var env = new LinkedHashMap<String, String>();
    for (var variable : container.inners("env")) {
      var name = variable.neededText("name", "the name of the variable");
      if (variable.node("value").orElse(null) instanceof Node.Scalar value) {
        env.put(name, places.filled(variable, "value", value));
      } else {
        variable.warn("name", "`" + name + "` has no value that is known here");
      }
    }
    var resources = container.inner("resources").map(KatibTrial::resources);
    container.node("name");
    container.ignoreRest();
    return Step.named("trial", new Command.Exec(argv))
        .surroundings(new Surroundings(env, Map.of(), Optional.empty()))
        .resources(resources.orElse(Resources.NONE))
        .build();
  }

  private static Resources resources(Foreign fields) {
    var limits = fields.inner("limits");
    var requests = fields.inner("requests");
    var cpu = amount(requests.or(() -> limits), "cpu", text -> CpuText.parse("cpu", text));
    var limit = amount(limits, "memory", text -> MemoryText.parse("memory", text));
    var memory =
        limit.isPresent()
            ? limit
            : amount(requests, "memory", text -> MemoryText.parse("memory", text));
    long gpus = limits.map(one -> one.number("nvidia.com/gpu", 0, 1_000).orElse(0)).orElse(0L);
    return new Resources(cpu, memory, (int) gpus, Optional.empty());
  }

  private static OptionalLong amount(
      Optional<Foreign> fields, String key, ToLongFunction<String> reader) {
    var text = fields.flatMap(one -> one.text(key));
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(reader.applyAsLong(text.get()));
    } catch (UserException e) {
      throw e.error() instanceof DefinitionError.BadValue bad
          ? fields
              .get()
              .bad(key, "`" + bad.found() + "`", bad.expected(), bad.help().toArray(String[]::new))
          : e;
    }
  }
}
