package ferry.submission;

import ferry.backend.GivenSecrets;
import ferry.backend.Plan;
import ferry.backend.Timetable;
import ferry.workflow.Command;
import ferry.workflow.CpuText;
import ferry.workflow.DurationText;
import ferry.workflow.Foreach;
import ferry.workflow.MemoryText;
import ferry.workflow.Resources;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A plan in plain sentences, one after the other as things will happen. */
public final class Explanation {
  private static final int LONGEST = 200;

  private final List<String> words = new ArrayList<>();

  /** Secrets whose values are nowhere but in the cluster, which Ferry does not read. */
  private final Set<String> unread;

  private Explanation(Plan plan) {
    var all = new HashSet<String>();
    if (Elsewhere.is(plan)) {
      GivenSecrets.wanted(plan).forEach(each -> all.add(each.variable()));
      all.removeAll(GivenSecrets.of(plan).keySet());
    }
    unread = Set.copyOf(all);
  }

  /** The sentences, each for a line of its own. */
  public static List<String> of(Plan plan) {
    var explanation = new Explanation(plan);
    explanation.whole(plan);
    return List.copyOf(explanation.words);
  }

  private void whole(Plan plan) {
    Workflow workflow = plan.workflow();
    int steps = workflow.allSteps().size();
    words.add(
        "Workflow `%s` has %s and runs on the backend `%s`, in %s."
            .formatted(
                workflow.name(),
                steps == 1 ? "one step" : "%,d steps".formatted(steps),
                plan.backend(),
                plan.place().directory()));
    if (!workflow.params().isEmpty()) {
      words.add("Its parameters: " + pairs(workflow.params()) + ".");
    }
    workflow.steps().forEach(step -> step(step, start(step)));
    workflow
        .finallySteps()
        .forEach(step ->
            step(
                step,
                step.after().isEmpty()
                    ? "when all others have ended, whatever became of them"
                    : "in the end, " + start(step)));
    workflow
        .schedule()
        .ifPresent(schedule ->
            words.add(
                "It starts by itself at `%s` (%s), %s."
                    .formatted(
                        schedule.cron(),
                        schedule.zone(),
                        Timetable.isFiring(plan)
                            ? "whether a server is there or not"
                            : "while the server runs")));
  }

  private static String start(Step step) {
    return step.after().isEmpty() ? "at once" : "after " + names(step.after());
  }

  private void step(Step step, String start) {
    words.add("Step `%s` starts %s: %s".formatted(step.name(), start, command(step.command())));
    step.when().ifPresent(when -> detail("only if " + when.source() + "; else it is skipped"));
    step.foreach().ifPresent(this::repeats);
    resources(step.resources());
    var around = step.surroundings();
    around.requirements().ifPresent(file -> detail("in a Python environment made of " + file));
    if (!around.env().isEmpty()) {
      detail("with the variables " + names(List.copyOf(around.env().keySet())));
    }
    secrets(List.copyOf(around.secrets().keySet()));
    if (step.retries().limit() > 0) {
      detail(
          "when it fails it is tried again, up to %d times, first after %s"
              .formatted(step.retries().limit(), DurationText.print(step.retries().backoff())));
    }
    step.timeout().ifPresent(limit -> detail("it is ended after " + DurationText.print(limit)));
    if (!step.files().outputs().isEmpty()) {
      detail("keeps " + names(step.files().outputs()));
    }
    if (step.files().cache()) {
      detail("is skipped where its command, code, inputs and parameters are unchanged");
    }
  }

  private void secrets(List<String> variables) {
    var masked = variables.stream().filter(name -> !unread.contains(name)).toList();
    if (!masked.isEmpty()) {
      detail("with the secrets " + names(masked) + ", masked in its log");
    }
    var others = variables.stream().filter(unread::contains).toList();
    if (!others.isEmpty()) {
      detail(
          "with the secrets "
              + names(others)
              + " of the cluster, whose values Ferry does not read: what the step prints of them"
              + " is in its log");
    }
  }

  private void repeats(Foreach foreach) {
    foreach
        .variables()
        .forEach((variable, items) ->
            detail(
                switch (items) {
                  case Foreach.Items.Listed(var values) ->
                      "once for each `%s` of %s".formatted(variable, names(values));
                  case Foreach.Items.FromStep(var source, var value) ->
                      "once for each `%s` of the list `%s` that step `%s` puts out"
                          .formatted(variable, value, source);
                }));
  }

  private void resources(Resources asked) {
    var parts = new ArrayList<String>();
    asked.cpuMillis().ifPresent(millis -> parts.add(CpuText.print(millis) + " cpu"));
    asked.memoryBytes().ifPresent(bytes -> parts.add(MemoryText.print(bytes) + " of memory"));
    if (asked.gpus() > 0) {
      parts.add(asked.gpus() + " gpu" + asked.gpuKind().map(kind -> " (" + kind + ")").orElse(""));
    }
    if (!parts.isEmpty()) {
      detail("waits until there is room for " + String.join(", ", parts));
    }
  }

  private void detail(String text) {
    words.add("  " + text);
  }

  private static String command(Command command) {
    var text =
        switch (command) {
          case Command.Shell(String script) -> script.strip();
          case Command.Exec exec -> String.join(" ", exec.argv());
        };
    var line = text.lines().findFirst().orElse("");
    boolean whole = line.equals(text) && line.length() <= LONGEST;
    return whole ? line : line.substring(0, Math.min(LONGEST, line.length())) + " …";
  }

  private static String names(List<String> names) {
    var shown = names.stream().limit(10).map(name -> "`" + name + "`").toList();
    var rest = names.size() - shown.size();
    return String.join(", ", shown) + (rest > 0 ? " and %,d more".formatted(rest) : "");
  }

  private static String pairs(Map<String, String> params) {
    return String.join(
        ", ", params.entrySet().stream().map(e -> e.getKey() + " = " + e.getValue()).toList());
  }
}
