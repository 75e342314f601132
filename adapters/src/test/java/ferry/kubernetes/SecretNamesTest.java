package ferry.kubernetes;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.workflow.SecretRef;
import ferry.workflow.Step;
import ferry.workflow.Surroundings;
import ferry.workflow.Workflow;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretNamesTest {
  private static Workflow with(String secret, String key) {
    var secrets = Map.of("TOKEN", new SecretRef(secret, key));
    return Workflow.of(
        "digits",
        Step.of("train", "true")
            .but()
            .surroundings(new Surroundings(Map.of(), secrets, Optional.empty()))
            .build());
  }

  @Test
  void whatKubernetesTakesIsTaken() {
    assertThatCode(() -> SecretNames.check(with("ware-house.v2", ".Token_1")))
        .doesNotThrowAnyException();
  }

  @Test
  void whatItNeverTakesIsRefusedByName() {
    assertThatThrownBy(() -> SecretNames.check(with("Ware_House", "k")))
        .hasMessage(
            "the Secret `Ware_House` is not a name that can be used: expected small letters,"
                + " digits, `-` and `.`, as Kubernetes has it");
    assertThatThrownBy(() -> SecretNames.check(with("warehouse", "to ken")))
        .hasMessageStartingWith("the key of the Secret `warehouse` `to ken` is not a name");
  }
}
