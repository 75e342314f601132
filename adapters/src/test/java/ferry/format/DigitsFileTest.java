package ferry.format;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.cron.CronTimes;
import ferry.workflow.Condition;
import ferry.workflow.Foreach;
import ferry.workflow.Resources;
import ferry.workflow.Retries;
import ferry.workflow.Schedule;
import ferry.workflow.SecretRef;
import ferry.workflow.Step;
import ferry.workflow.StepFiles;
import ferry.workflow.Surroundings;
import ferry.workflow.Workflow;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The longest form of everything, read whole. */
class DigitsFileTest {
  private static final Surroundings SURROUNDINGS =
      new Surroundings(
          Map.of(),
          Map.of("DB_PASSWORD", new SecretRef("warehouse", "password")),
          Optional.of("requirements.txt"));

  @Test
  void isReadWhole() {
    var reading =
        new WorkflowFiles(new CronTimes(), ZoneOffset.UTC)
            .read("ferry.yaml", Examples.text("digits.yaml"));

    assertThat(reading.format()).isEqualTo("ferry.yaml");
    assertThat(reading.warnings()).isEmpty();
    assertThat(reading.workflow())
        .isEqualTo(
            new Workflow(
                "digits",
                Map.of("epochs", "20"),
                List.of(prepare(), train(), evaluate(), publish()),
                List.of(plain("report", "python report.py").build()),
                Optional.of(new Schedule("0 3 * * *", ZoneId.of("Asia/Seoul")))));
  }

  private static Step prepare() {
    return plain("prepare", "python prepare.py").build();
  }

  private static Step train() {
    return plain("train", "python train.py --activation {activation} --epochs {epochs}")
        .after(List.of("prepare"))
        .foreach(Foreach.of("activation", "relu", "tanh"))
        .resources(resources(2L << 30))
        .retries(new Retries(2, Duration.ofSeconds(10)))
        .timeout(Duration.ofMinutes(20))
        .files(new StepFiles(List.of(), List.of("model-{activation}.onnx"), false))
        .build();
  }

  private static Step evaluate() {
    return plain("evaluate", "python evaluate.py")
        .after(List.of("train"))
        .files(new StepFiles(List.of("data/"), List.of(), true))
        .build();
  }

  private static Step publish() {
    return plain("publish", "python publish.py")
        .after(List.of("evaluate"))
        .when(Condition.parse("{evaluate.accuracy} > 0.95"))
        .build();
  }

  private static Step.Builder plain(String name, String script) {
    return Step.of(name, script).but().resources(resources(1L << 30)).surroundings(SURROUNDINGS);
  }

  private static Resources resources(long memory) {
    return new Resources(OptionalLong.of(1000), OptionalLong.of(memory), 0, Optional.empty());
  }
}
