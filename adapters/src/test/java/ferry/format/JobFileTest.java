package ferry.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.cron.CronTimes;
import ferry.workflow.Command;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobFileTest {
  private final WorkflowFiles files = new WorkflowFiles(new CronTimes(), ZoneOffset.UTC);

  private static final String JOB =
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: train-digits, namespace: team}
      spec:
        ttlSecondsAfterFinished: 60
        activeDeadlineSeconds: 600
        template:
          spec:
            containers:
            - name: main
              image: python:3
              command: [python, -c]
              args: ['print({seed})']
      """;

  @Test
  void itIsOneStepThatIsForKubernetes() {
    var read = files.read("job.yaml", JOB);

    var step = read.workflow().steps().getFirst();
    assertThat(read.workflow().name()).isEqualTo("train-digits");
    assertThat(step.command())
        .isEqualTo(new Command.Exec(List.of("python", "-c", "print({seed})")));
    assertThat(step.retries().limit()).isEqualTo(6);
    assertThat(step.timeout()).contains(Duration.ofMinutes(10));
    assertThat(read.backend()).contains("kubernetes");
    assertThat(read.setting().get("template")).contains("\"image\":\"python:3\"");
    assertThat(read.warnings())
        .singleElement()
        .asString()
        .startsWith("job.yaml:5: `spec.ttlSecondsAfterFinished` means nothing here");
  }

  @Test
  void severalPodsAtOnceAreRefused() {
    assertThatThrownBy(() ->
            files.read("job.yaml", JOB.replace("ttlSecondsAfterFinished: 60", "parallelism: 4")))
        .hasMessageContaining("`spec.parallelism` is 4");
  }

  @Test
  void argumentsAloneAreThoseOfTheImagesOwnProgram() {
    var read = files.read("job.yaml", JOB.replace("command: [python, -c]", "tty: false"));

    assertThat(read.workflow().steps().getFirst().command())
        .isEqualTo(new Command.Exec(List.of("print({seed})")));
    assertThat(read.setting()).containsEntry("own-program", "true");
    assertThat(files.read("job.yaml", JOB).setting()).doesNotContainKey("own-program");
  }

  @Test
  void aJobWithoutACommandAndWithoutArgumentsIsRefused() {
    var nothing = JOB.replace("command: [python, -c]", "tty: false").replace("args:", "env: [] #");
    assertThatThrownBy(() -> files.read("job.yaml", nothing)).hasMessageContaining("`command`");
  }
}
