package ferry.run;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.workflow.Command;
import ferry.workflow.Foreach;
import ferry.workflow.Foreach.Items.FromStep;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShownCommandsTest {
  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  private static Workflow workflow(Foreach foreach, String script) {
    var train = Step.named("train", new Command.Shell(script)).after(List.of("list"));
    return Workflow.of("w", Step.of("list", "true"), train.foreach(foreach).build())
        .withParams(Map.of("name", "it's a name"));
  }

  @Test
  void valuesStandInThemAsTheShellReadsThem() {
    var commands =
        new ShownCommands(
            workflow(Foreach.of("x", "a b"), "echo {x} \"{name}\" {list.n} {{x}}"),
            () -> {
              throw new AssertionError("all is known");
            });

    assertThat(commands.of("train", "train[a b]"))
        .isEqualTo("echo 'a b' \"it's a name\" {list.n} {x}");
    assertThat(commands.of("list", "list")).isEqualTo("true");
    assertThat(commands.of("gone", "gone")).isEmpty();
  }

  @Test
  void aListOfAStepIsTakenFromWhatHappened() {
    var items = new LinkedHashMap<String, Foreach.Items>();
    items.put("x", new FromStep("list", "xs"));
    items.put("y", new FromStep("list", "xs"));
    var values = new Outcome.Succeeded(Map.of("xs", "[\"a,b\", \"c\"]"), false);
    var events =
        List.<RunEvent>of(
            new RunEvent.Submitted(T), new RunEvent.Ended("list", 1, T, values, Usage.UNKNOWN));

    var commands = new ShownCommands(workflow(new Foreach(items), "echo {x}-{y}"), () -> events);

    assertThat(commands.of("train", "train[a,b,c]")).isEqualTo("echo a,b-c");
  }

  @Test
  void theWordsOfAProgramAreQuotedWhereAShellNeedsIt() {
    var exec = new Command.Exec(List.of("python", "-c", "print('{name}')"));
    var workflow = Workflow.of("w", Step.named("python", exec).build());

    assertThat(new ShownCommands(workflow, List::of).of("python", "python"))
        .isEqualTo("python -c 'print('\\''{name}'\\'')'");
  }
}
