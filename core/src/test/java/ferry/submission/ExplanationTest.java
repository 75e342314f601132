package ferry.submission;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.backend.Code;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.run.RunId;
import ferry.workflow.Command;
import ferry.workflow.SecretRef;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is said of a run before it is one. */
class ExplanationTest {

  private static List<String> explained(String backend) {
    var secrets =
        new TreeMap<>(
            Map.of("HUB", new SecretRef("hub", "token"), "PW", new SecretRef("warehouse", "pw")));
    var around = new ferry.workflow.Surroundings(Map.of(), secrets, Optional.empty());
    var step = Step.named("load", new Command.Shell("true")).surroundings(around).build();
    return Explanation.of(
        new Plan(
            new RunId("sp-aaaaa"),
            Workflow.of("sp", step),
            backend,
            new Place("/work", Map.of("PW", "swordfish"), "ada", "here"),
            new Origin(Origin.Kind.FILE, "…", Optional.of("sp.yaml"), Optional.empty()),
            Code.UNKNOWN,
            "digest",
            Instant.EPOCH));
  }

  @Test
  void onThisMachineAllSecretsAreMasked() {
    assertThat(explained("local"))
        .anySatisfy(
            line -> assertThat(line).endsWith("with the secrets `HUB`, `PW`, masked in its log"));
  }

  @Test
  void ofAClusterOnlyThoseAreMaskedThatCameWithTheCommand() {
    assertThat(explained("kubernetes"))
        .anySatisfy(line -> assertThat(line).endsWith("with the secrets `PW`, masked in its log"))
        .anySatisfy(line ->
            assertThat(line)
                .endsWith(
                    "with the secrets `HUB` of the cluster, whose values Ferry does not read: what"
                        + " the step prints of them is in its log"));
  }
}
