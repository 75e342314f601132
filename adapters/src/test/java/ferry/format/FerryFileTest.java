package ferry.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import ferry.cron.CronTimes;
import ferry.workflow.Command;
import ferry.workflow.Foreach.Items;
import ferry.workflow.Resources;
import ferry.workflow.Retries;
import ferry.workflow.Schedule;
import ferry.workflow.SecretRef;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FerryFileTest {
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  @Test
  void textsStayAsTheyAreWritten() {
    var workflow =
        read(
            """
            params: {lr: 1e-5, rate: 0.10, answer: no, big: 1_000, hex: 0x1F, octal: 010, truth: True, time: 12:30:00,
                     version: 1.10, date: 2026-01-02, quoted: "05", empty: ""}
            steps: {a: echo}
            """);

    assertThat(workflow.params())
        .containsExactly(
            entry("lr", "1e-5"),
            entry("rate", "0.10"),
            entry("answer", "no"),
            entry("big", "1_000"),
            entry("hex", "0x1F"),
            entry("octal", "010"),
            entry("truth", "True"),
            entry("time", "12:30:00"),
            entry("version", "1.10"),
            entry("date", "2026-01-02"),
            entry("quoted", "05"),
            entry("empty", ""));
  }

  @Test
  void aCommandOfSeveralLinesIsKeptWhole() {
    var step =
        step(
            """
            steps:
              a:
                run: |
                  set -e
                  echo "a: b"  # not a comment of YAML
            """);

    assertThat(step.command())
        .isEqualTo(new Command.Shell("set -e\necho \"a: b\"  # not a comment of YAML\n"));
  }

  @Test
  void trueIsACommandLikeAnyOther() {
    assertThat(step("steps: {a: true}").command()).isEqualTo(new Command.Shell("true"));
  }

  @Test
  void aPlaceholderNeedsNoQuotesInAList() {
    var step =
        step(
            """
            params: {x: 1, y: 2}
            steps: {a: {run: echo, outputs: [m-{x}.bin, "{x}", {x}{y}.txt, a/{x}/b-{y}, ${HOME}.txt, {{x}}.txt]}}
            """);

    assertThat(step.files().outputs())
        .containsExactly(
            "m-{x}.bin", "{x}", "{x}{y}.txt", "a/{x}/b-{y}", "${HOME}.txt", "{{x}}.txt");
  }

  @Test
  void defaultsHoldWhereAStepSaysNothing() {
    var workflow =
        read(
            """
            defaults: {cpu: 500m, memory: 1Gi, gpu: {count: 2, kind: a100}, retries: 3, timeout: 1h30m, env: {A: 1, B: 2}}
            steps:
              plain: echo
              own: {run: echo, cpu: 2, gpu: 0, retries: {limit: 1, backoff: 5s}, timeout: 10s, env: {B: 3}}
            finally: {last: echo}
            """);

    var plain = workflow.steps().getFirst();
    var own = workflow.steps().getLast();
    assertThat(plain.resources()).isEqualTo(resources(500, 1L << 30, 2, Optional.of("a100")));
    assertThat(plain.retries()).isEqualTo(new Retries(3, Duration.ZERO));
    assertThat(plain.timeout()).contains(Duration.ofMinutes(90));
    assertThat(plain.surroundings().env()).containsExactly(entry("A", "1"), entry("B", "2"));
    assertThat(own.resources()).isEqualTo(resources(2000, 1L << 30, 0, Optional.empty()));
    assertThat(own.retries()).isEqualTo(new Retries(1, Duration.ofSeconds(5)));
    assertThat(own.timeout()).contains(Duration.ofSeconds(10));
    assertThat(own.surroundings().env()).containsExactly(entry("A", "1"), entry("B", "3"));
    assertThat(workflow.finallySteps().getFirst().resources()).isEqualTo(plain.resources());
  }

  @Test
  void secretsAndRequirementsOfAStepAreItsOwnFirst() {
    var step =
        step(
            """
            requirements: all.txt
            secrets: {A: {secret: s, key: a}, B: {secret: s, key: b}}
            steps: {a: {run: echo, requirements: own.txt, secrets: {B: {secret: t, key: c}}}}
            """);

    assertThat(step.surroundings().requirements()).contains("own.txt");
    assertThat(step.surroundings().secrets())
        .containsExactly(entry("A", new SecretRef("s", "a")), entry("B", new SecretRef("t", "c")));
  }

  @Test
  void afterIsATextOrAList() {
    var workflow =
        read("steps: {a: echo, b: {after: a, run: echo}, c: {after: [a, b, a], run: echo}}");

    assertThat(workflow.steps())
        .extracting(Step::after)
        .extracting(Object::toString)
        .containsExactly("[]", "[a]", "[a, b]");
  }

  @Test
  void aStepWhoseValueIsUsedComesBefore() {
    var workflow =
        read(
            """
            steps:
              a: echo
              b: {after: a, run: "echo {a.x}"}
              c: {run: echo, when: "{b.ok} == yes", env: {X: "{a.x}"}}
              d: {foreach: {part: "{c.parts}"}, run: "echo {part}"}
            finally:
              e: echo {d.x}
              f: echo {e.x}
            """);

    assertThat(workflow.allSteps())
        .extracting(Step::after)
        .extracting(Object::toString)
        .containsExactly("[]", "[a]", "[a, b]", "[c]", "[]", "[e]");
  }

  @Test
  void aVariableRangesOverAListOrAValue() {
    var step =
        read("steps: {a: echo, b: {foreach: {x: [1, 2.0], y: '{a.list}'}, run: 'echo {x} {y}'}}")
            .steps()
            .getLast();

    assertThat(step.foreach().orElseThrow().variables().values())
        .containsExactly(
            new Items.Listed(java.util.List.of("1", "2.0")), new Items.FromStep("a", "list"));
  }

  @Test
  void aParameterMayBeGivenBesideTheFile() {
    var reading =
        files()
            .read(
                "ferry.yaml",
                "params: {a: 1}\nsteps: {s: 'echo {a} {b}'}",
                Map.of("b", "2", "a", "3"));

    assertThat(reading.workflow().params()).isEqualTo(Map.of("a", "3", "b", "2"));
  }

  @Test
  void bracesThatNameNothingStay() {
    var step = step("steps: {a: \"awk '{ print $1 }' ${X} {{name}} {} {1}\"}");

    assertThat(step.command())
        .isEqualTo(new Command.Shell("awk '{ print $1 }' ${X} {{name}} {} {1}"));
  }

  @Test
  void anchorsAndMergesRepeatWhatTheyName() {
    var workflow =
        read(
            """
            steps:
              a: &base {run: echo a, cpu: 1, memory: 1Gi}
              b: {<<: *base, run: echo b}
            """);

    assertThat(workflow.steps().getLast().command()).isEqualTo(new Command.Shell("echo b"));
    assertThat(workflow.steps().getLast().resources())
        .isEqualTo(workflow.steps().getFirst().resources());
  }

  @Test
  void aFileWithoutANameIsNamedAfterItsDirectory() {
    assertThat(nameOf("examples/digits/ferry.yaml")).isEqualTo("digits");
    assertThat(nameOf("ferry.yaml")).isEqualTo("workflow");
    assertThat(nameOf("./night.yaml")).isEqualTo("night");
    assertThat(nameOf("-")).isEqualTo("workflow");
  }

  @Test
  void aScheduleWithoutAZoneIsMeantWhereItIsTyped() {
    assertThat(read("steps: {a: echo}\nschedule: {cron: '0  3 * * *'}").schedule())
        .contains(new Schedule("0  3 * * *", ZONE));
  }

  @Test
  void windowsLineEndsAndAByteOrderMarkAreNoMatter() {
    assertThat(step("\uFEFFsteps:\r\n  a: echo a\r\n").command())
        .isEqualTo(new Command.Shell("echo a"));
  }

  @Test
  void jsonIsYaml() {
    assertThat(step("{\"steps\":{\"a\":{\"run\":\"echo {{x}}\"}}}").command())
        .isEqualTo(new Command.Shell("echo {{x}}"));
  }

  private static Resources resources(long cpu, long memory, int gpus, Optional<String> kind) {
    return new Resources(OptionalLong.of(cpu), OptionalLong.of(memory), gpus, kind);
  }

  private static String nameOf(String source) {
    return files().read(source, "steps: {a: echo}").workflow().name();
  }

  private static Step step(String text) {
    return read(text).steps().getFirst();
  }

  private static Workflow read(String text) {
    return files().read("ferry.yaml", text).workflow();
  }

  private static WorkflowFiles files() {
    return new WorkflowFiles(new CronTimes(), ZONE);
  }
}
