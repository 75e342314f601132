package ferry.submission;

import ferry.error.RequestError;
import ferry.workflow.CpuText;
import ferry.workflow.DurationText;
import ferry.workflow.MemoryText;
import ferry.workflow.Names;
import ferry.workflow.Resources;
import ferry.workflow.Step;
import ferry.workflow.Surroundings;
import ferry.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What every step of a run is to have, whatever its definition says. */
record Wishes(
    OptionalLong cpuMillis,
    OptionalLong memoryBytes,
    OptionalInt gpus,
    Optional<Duration> timeout,
    Optional<String> requirements,
    Map<String, String> setting) {

  private static final Set<String> KNOWN =
      Set.of("cpu", "memory", "gpu", "timeout", "requirements");

  /** A registry that may be left out, a name, and a tag or digest that may be left out. */
  private static final Pattern IMAGE =
      Pattern.compile(
          "([A-Za-z0-9.-]+(:[0-9]{1,5})?/)?[a-z0-9]+([._/-]+[a-z0-9]+)*(:[\\w.-]{1,128})?"
              + "(@[a-z0-9]+:[0-9a-f]{32,})?");

  /** What a backend alone has to know. */
  private static final Set<String> SETTING =
      Set.of("context", "image", "namespace", "pending-timeout", "queue");

  static Wishes read(Map<String, String> texts) {
    texts.keySet().forEach(Wishes::checkName);
    return new Wishes(
        texts.containsKey("cpu")
            ? OptionalLong.of(CpuText.parseAsked("cpu", texts.getOrDefault("cpu", "")))
            : OptionalLong.empty(),
        texts.containsKey("memory")
            ? OptionalLong.of(MemoryText.parseAsked("memory", texts.getOrDefault("memory", "")))
            : OptionalLong.empty(),
        texts.containsKey("gpu")
            ? OptionalInt.of(gpus(texts.getOrDefault("gpu", "")))
            : OptionalInt.empty(),
        Optional.ofNullable(texts.get("timeout")).map(text -> DurationText.parse("timeout", text)),
        Optional.ofNullable(texts.get("requirements")),
        setting(texts));
  }

  private static Map<String, String> setting(Map<String, String> texts) {
    if (texts.containsKey("pending-timeout")) {
      var text = texts.getOrDefault("pending-timeout", "");
      if (DurationText.parse("pending-timeout", text).isZero()) {
        throw bad(
            "`pending-timeout` is `" + text + "`; expected more than no time",
            "without it a step waits for as long as it has to");
      }
    }
    checkObject(texts, "namespace", "`kubectl get namespaces` lists what there is");
    checkObject(texts, "queue", "`kubectl get localqueues` lists what there is");
    if (!IMAGE.matcher(texts.getOrDefault("image", "x")).matches()) {
      throw bad(
          "`image` is `"
              + texts.getOrDefault("image", "")
              + "`; expected a name like `python:3.12` or `registry.example.org/team/python:3.12`",
          "the name is of lower-case letters, digits, `.`, `-`, `_` and `/`, the tag behind it of"
              + " any letters");
    }
    var setting = new TreeMap<>(texts);
    setting.keySet().retainAll(SETTING);
    return setting;
  }

  /** The name of an object of a cluster becomes a part of addresses there. */
  private static void checkObject(Map<String, String> texts, String key, String help) {
    var found = texts.getOrDefault(key, key);
    if (!found.matches("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?")) {
      throw bad(
          "`" + key + "` is `" + found + "`; expected lower-case letters, digits, `-` and `.`",
          help);
    }
  }

  private static void checkName(String name) {
    var all = new TreeSet<>(KNOWN);
    all.addAll(SETTING);
    if (!all.contains(name)) {
      var help =
          Names.nearest(name, all)
              .map(near -> "did you mean `" + near + "`?")
              .orElse("what can be set: " + String.join(", ", all));
      throw bad("`" + name + "` cannot be set for a run", help);
    }
  }

  private static int gpus(String text) {
    if (!text.matches("[0-9]{1,4}")) {
      throw bad(
          "`gpu` is `" + text + "`; expected a whole number of GPUs", "for example `--gpu 1`");
    }
    return Integer.parseInt(text);
  }

  private static RuntimeException bad(String message, String help) {
    return new RequestError.BadRequest(message, List.of(help)).thrown();
  }

  boolean isEmpty() {
    return cpuMillis.isEmpty()
        && memoryBytes.isEmpty()
        && gpus.isEmpty()
        && timeout.isEmpty()
        && requirements.isEmpty();
  }

  Workflow in(Workflow workflow) {
    return isEmpty()
        ? workflow
        : new Workflow(
            workflow.name(),
            workflow.params(),
            workflow.steps().stream().map(this::in).toList(),
            workflow.finallySteps().stream().map(this::in).toList(),
            workflow.schedule());
  }

  private Step in(Step step) {
    var asked = step.resources();
    var around = step.surroundings();
    var changed =
        step.but()
            .resources(
                new Resources(
                    cpuMillis.isPresent() ? cpuMillis : asked.cpuMillis(),
                    memoryBytes.isPresent() ? memoryBytes : asked.memoryBytes(),
                    gpus.orElse(asked.gpus()),
                    asked.gpuKind()))
            .surroundings(
                new Surroundings(
                    around.env(), around.secrets(), requirements.or(around::requirements)));
    timeout.ifPresent(changed::timeout);
    return changed.build();
  }
}
