package ferry.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of a metric that nobody told. */
class UnseenTest {
  private static final Optional<String> NONE = Optional.empty();
  private static final Objective PAGE =
      new Objective("loss", NONE, NONE, NONE, NONE, Optional.of("http://127.0.0.1:8000/metrics"));
  private static final Objective FILE =
      new Objective("loss", NONE, NONE, Optional.of("metrics.jsonl"), NONE, NONE);

  @Test
  void ofAnEndpointTheNearestNamesOfItsSamplesAreSaid() {
    var names = List.of("gc_seconds", "process_cpu", "python_info", "up", "val_loss", "zeta");
    assertThat(Unseen.words(PAGE, names))
        .isEqualTo(
            "no `loss` was seen at http://127.0.0.1:8000/metrics; its samples: `val_loss`,"
                + " `gc_seconds`, `process_cpu`, `python_info`, `up` and 1 more");
  }

  @Test
  void anEndpointThatDidNotAnswerIsTold() {
    assertThat(Unseen.words(PAGE, List.of()))
        .isEqualTo(
            "no `loss` was seen: http://127.0.0.1:8000/metrics did not answer with samples while"
                + " the trial ran");
  }

  @Test
  void ofAFileItsNameIsSaid() {
    assertThat(Unseen.words(FILE, List.of("loss 0.5")))
        .isEqualTo(
            "no `loss` was seen in `metrics.jsonl`, where alone it is looked for; the trial"
                + " printed: “loss 0.5”");
  }

  @Test
  void aLabelThatEndsInTheMetricsWordIsNotTheMetric() {
    assertThat(PAGE.matches("train", "requests{name=\"loss\"}")).isFalse();
    assertThat(PAGE.matches("train", "val_loss")).isTrue();
  }
}
