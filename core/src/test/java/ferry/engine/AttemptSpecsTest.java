package ferry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.backend.Code;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.run.Capacity;
import ferry.run.Outcome;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.run.Usage;
import ferry.workflow.Command;
import ferry.workflow.OneLiner;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an attempt is to do once its placeholders are filled in. */
class AttemptSpecsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Capacity ROOM = new Capacity(4000, 1L << 30, 0);

  @Test
  void valuesOfStepsWhoseNamesNoVariableCanHaveStayApart() {
    var workflow =
        OneLiner.parse("test", "[훈련: a, 평가: b] >> report: echo {훈련.acc} {평가.acc} {훈련.acc}");
    var plan =
        new Plan(
            new RunId("test-aaaaa"),
            workflow,
            "local",
            new Place("/work", Map.of(), "me", "here"),
            new Origin(Origin.Kind.ONE_LINER, "", Optional.empty(), Optional.empty()),
            Code.UNKNOWN,
            "digest",
            NOW);
    var state =
        RunState.of(workflow)
            .applyAll(
                List.of(
                    new RunEvent.Submitted(NOW),
                    putOut("훈련", Map.of("acc", "0.1")),
                    putOut("평가", Map.of("acc", "0.2"))));

    var spec = AttemptSpecs.of(plan, state, state.ready(ROOM, NOW).getFirst());

    assertThat(spec.variables())
        .containsEntry("FERRY_VALUE_UD6C8UB828_ACC", "0.1")
        .containsEntry("FERRY_VALUE_UD3C9UAC00_ACC", "0.2");
    assertThat(((Command.Shell) spec.command()).script())
        .isEqualTo(
            "echo \"$FERRY_VALUE_UD6C8UB828_ACC\" \"$FERRY_VALUE_UD3C9UAC00_ACC\""
                + " \"$FERRY_VALUE_UD6C8UB828_ACC\"");
  }

  private static RunEvent putOut(String step, Map<String, String> values) {
    return new RunEvent.Ended(step, 1, NOW, new Outcome.Succeeded(values, false), Usage.UNKNOWN);
  }
}
