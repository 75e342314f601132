package ferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.cli.client.Json;
import ferry.cli.terminal.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a person is told when a search has ended. */
class ExperimentWordsTest {
  private static String outcome(String json) throws IOException {
    var out = new ByteArrayOutputStream();
    var output = new Output(out, false, false);
    ExperimentWords.outcome(Json.parse(json.getBytes(StandardCharsets.UTF_8)), output);
    output.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theBestTrialAndWhereItsMetricWasReadAreSaid() throws IOException {
    assertThat(
            outcome(
                """
                {"id": "digits-x7k2p", "state": "succeeded", "reason": "all 2 trials are done",
                 "metric": "accuracy", "collector": "name=value", "kind": "typed",
                 "command": "python train.py {lr} {epochs}", "lengthParameter": "epochs",
                 "best": {"number": 2, "metric": 0.97, "length": 9.0, "params": {"lr": 0.01}}}
                """))
        .isEqualTo(
            """
            digits-x7k2p succeeded: all 2 trials are done
            best    accuracy = 0.97 in trial 2
            read    by name=value
            with    lr=0.01
            again   ferry run "python train.py {lr} {epochs}" --param lr=0.01 --param epochs=9
                    ferry rerun digits-x7k2p/2
            all     ferry trials digits-x7k2p --sort metric
            report  ferry report digits-x7k2p
            """);
  }

  @Test
  void thatEveryTrialFailedIsSaidAsThat() throws IOException {
    assertThat(
            outcome(
                """
                {"id": "digits-x7k2p", "state": "failed", "reason": "3 trials failed; at most 2 may",
                 "searches": "accuracy", "collector": "", "trials": {"failed": 3}}
                """))
        .isEqualTo(
            """
            digits-x7k2p failed: 3 trials failed; at most 2 may
            every trial failed
            """);
  }

  @Test
  void whereNoMetricWasSeenTheLinesThatLookedLikeOneAndTheWaysOutAreSaid() throws IOException {
    assertThat(
            outcome(
                """
                {"id": "digits-x7k2p", "state": "failed", "searches": "accuracy", "collector": "",
                 "reason": "trial 1: no `accuracy` was seen; its last lines: “acc 0.9”",
                 "trials": {"succeeded": 3}}
                """))
        .isEqualTo(
            """
            digits-x7k2p failed: trial 1: no `accuracy` was seen; its last lines: “acc 0.9”
            no trial told a value of `accuracy`
            name    --metric NAME as it is printed, or --metric-pattern REGEX
            see     ferry logs digits-x7k2p/1   what a trial printed
            """);
  }

  @Test
  void aMetricThatWasNeverANumberIsSaidAsThat() throws IOException {
    assertThat(
            outcome(
                """
                {"id": "digits-x7k2p", "state": "failed", "reason": "all 2 trials are done",
                 "metric": "loss", "searches": "loss", "collector": "keras",
                 "trials": {"succeeded": 2}}
                """))
        .endsWith(
            """
            no trial came to a value of `loss` that is a number: all were NaN or infinite, or of trials that failed
            see     ferry trials digits-x7k2p
            """);
  }
}
