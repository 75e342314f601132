package ferry.format;

import ferry.workflow.Command;
import ferry.workflow.CpuText;
import ferry.workflow.MemoryText;
import ferry.workflow.Resources;
import ferry.workflow.Step;
import ferry.workflow.Surroundings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The trial template of Katib's Experiment: the container of a Job as a step. */
final class KatibTrial {
  private static final Pattern PLACE = Pattern.compile("\\$\\{trialParameters\\.([^}]+)}");
  private static final Pattern BRACES = Pattern.compile("\\{([\\w.-]+)}");

  private final Foreign template;
  private final List<String> warnings;
  private Optional<String> image = Optional.empty();
  private final Map<String, String> references = new LinkedHashMap<>();

  KatibTrial(Foreign template, List<String> warnings) {
    this.template = template;
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
    for (var parameter : template.inners("trialParameters")) {
      references.put(parameter.neededText("name"), parameter.neededText("reference"));
      parameter.rest("description");
    }
    var job = template.neededInner("trialSpec", "the Job that a trial is");
    var kind = job.text("kind").orElse("Job");
    if (!kind.equals("Job")) {
      throw job.bad("kind", "`" + kind + "`", "`Job`");
    }
    var containers =
        job.neededInner("spec").neededInner("template").neededInner("spec").inners("containers");
    var container = chosen(containers);
    template.rest("retain", "primaryPodLabels", "successCondition", "failureCondition");
    return step(container);
  }

  private Foreign chosen(List<Foreign> containers) {
    var primary = template.text("primaryContainerName");
    return containers.stream()
        .filter(one -> primary.isEmpty() || one.text("name").equals(primary))
        .findFirst()
        .orElseThrow(() ->
            template.bad(
                "primaryContainerName",
                "`" + primary.orElse("") + "`",
                "the name of a container of the Job"));
  }

  private Step step(Foreign container) {
    var argv = new ArrayList<String>();
    container.texts("command").forEach(word -> argv.add(filled(container, word)));
    container.texts("args").forEach(word -> argv.add(filled(container, word)));
    if (argv.isEmpty() || argv.getFirst().isBlank()) {
      throw container.bad("command", "not there", "the command that trains, as a list");
    }
    image = container.text("image");
    image.ifPresent(_ -> container.warn("image", "is not used where trials are local processes"));
    var env = new LinkedHashMap<String, String>();
    for (var variable : container.inners("env")) {
      var name = variable.neededText("name");
      var value = variable.text("value");
      value.ifPresent(text -> env.put(name, filled(variable, text)));
      if (value.isEmpty()) {
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
    var asked = fields.inner("requests").or(() -> fields.inner("limits"));
    var limits = fields.inner("limits");
    var cpu = asked.flatMap(one -> one.text("cpu")).map(text -> CpuText.parse("cpu", text));
    var memory =
        limits
            .flatMap(one -> one.text("memory"))
            .or(() -> asked.flatMap(one -> one.text("memory")))
            .map(text -> MemoryText.parse("memory", text));
    long gpus = limits.map(one -> one.number("nvidia.com/gpu", 0).orElse(0)).orElse(0L);
    return new Resources(
        cpu.map(OptionalLong::of).orElse(OptionalLong.empty()),
        memory.map(OptionalLong::of).orElse(OptionalLong.empty()),
        (int) gpus,
        Optional.empty());
  }

  /** A word with Ferry's placeholders in place of Katib's. */
  private String filled(Foreign at, String word) {
    var literal = BRACES.matcher(word).replaceAll("{{$1}}");
    var text = PLACE.matcher(literal.replace("${{", "${").replaceAll("(\\$\\{[^}]+})}", "$1"));
    return text.replaceAll(found -> {
      var name = found.group(1);
      var reference = references.get(name);
      if (reference == null) {
        throw at.bad("name", "`${trialParameters." + name + "}`", "a name of `trialParameters`");
      }
      if (reference.startsWith("${")) {
        warnings.add("`" + reference + "` is empty here: a trial is no object of Kubernetes");
        return "";
      }
      return Matcher.quoteReplacement("{" + reference + "}");
    });
  }
}
