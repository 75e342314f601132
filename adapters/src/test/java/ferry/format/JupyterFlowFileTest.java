package ferry.format;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.cron.CronTimes;
import ferry.workflow.Command;
import ferry.workflow.Schedule;
import ferry.workflow.ShellTemplate;
import ferry.workflow.Step;
import ferry.workflow.WorkflowReader.Reading;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JupyterFlowFileTest {

  @Test
  void numberedJobsBecomeStepsInTheirOrder() {
    var reading = read(Examples.text("jupyterflow.yaml"), Map.of());

    assertThat(reading.format()).isEqualTo("JupyterFlow's workflow.yaml");
    assertThat(reading.warnings())
        .singleElement()
        .asString()
        .endsWith(
            ": a run that still goes on when the next is due goes on beside it, which JupyterFlow"
                + " ended: `ferry stop` ends it");
    assertThat(reading.workflow().name()).isEqualTo("example");
    assertThat(reading.workflow().schedule()).contains(new Schedule("*/2 * * * *", ZoneOffset.UTC));
    assertThat(reading.workflow().steps())
        .extracting(Step::name)
        .containsExactly("hello", "echo", "python");
    assertThat(reading.workflow().steps())
        .extracting(Step::after)
        .containsExactly(List.of(), List.of("hello"), List.of("echo", "hello"));
  }

  @Test
  void aQuotedArrowAndBracesStayWhatTheyAre() {
    var workflow = read("jobs: [\"echo 'a >> b' '{print}' {lr}\"]", Map.of("lr", "1")).workflow();

    assertThat(workflow.steps().getFirst().command())
        .isEqualTo(new Command.Shell("echo 'a >> b' '{{print}}' {lr}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"awk '{print}'", "echo {{x}} {x} {{{x}}}", "echo ${X} {} {1,2}", "f={a.b} # {x}"})
  void bracesReachTheShellAsTheyAreWritten(String job) {
    var command = Template.literal(job, Set.of());

    assertThat(ShellTemplate.parse(command).render(_ -> Optional.empty())).isEqualTo(job);
  }

  @Test
  void jobsThatNoChainNamesRunAtOnce() {
    assertThat(read("jobs: [python a.py, python b.py]", Map.of()).workflow().steps())
        .extracting(Step::after)
        .containsExactly(List.of(), List.of());
  }

  @Test
  void aKeyThatMeansNothingIsNamed() {
    assertThat(read("jobs: [echo]\nimage: x\n", Map.of()).warnings())
        .containsExactly("workflow.yaml:2: key `image` means nothing here");
  }

  private static Reading read(String text, Map<String, String> params) {
    return new WorkflowFiles(new CronTimes(), ZoneOffset.UTC).read("workflow.yaml", text, params);
  }
}
