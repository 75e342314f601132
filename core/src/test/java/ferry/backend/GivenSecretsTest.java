package ferry.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.run.RunId;
import ferry.workflow.Command;
import ferry.workflow.SecretRef;
import ferry.workflow.Step;
import ferry.workflow.Surroundings;
import ferry.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What holds for values of secrets that came with a command, wherever the run goes. */
class GivenSecretsTest {
  private static final Map<String, String> NOTHING = Map.of();
  private static final String SHOWN =
      "parameter `url` holds the value of the secret `PW`, and parameters are stored and shown";

  private static Plan plan(
      Map<String, String> params, Map<String, String> env, Map<String, String> typedIn) {
    var around =
        new Surroundings(
            env, Map.of("PW", new SecretRef("ware-house", "password")), Optional.empty());
    var step = Step.named("load", new Command.Shell("true")).surroundings(around).build();
    return new Plan(
        new RunId("sp-aaaaa"),
        new Workflow("sp", params, List.of(step), List.of(), Optional.empty()),
        "kubernetes",
        new Place("/work", typedIn, "ada", "here"),
        new Origin(Origin.Kind.FILE, "…", Optional.of("sp.yaml"), Optional.empty()),
        Code.UNKNOWN,
        "digest",
        Instant.EPOCH,
        Map.of());
  }

  @Test
  void aParameterThatHoldsOneIsRefusedWithoutQuotingIt() {
    var plan = plan(Map.of("url", "https://u:swordfish@h/"), NOTHING, Map.of("PW", "swordfish"));

    assertThatThrownBy(() -> GivenSecrets.check(plan)).hasMessage(SHOWN);
  }

  @Test
  void soIsOneThatCameUnderItsLongName() {
    var typedIn = Map.of("WARE_HOUSE_PASSWORD", "swordfish");

    assertThat(GivenSecrets.of(plan(NOTHING, NOTHING, typedIn)))
        .containsExactly(Map.entry("PW", "swordfish"));
    assertThatThrownBy(() -> GivenSecrets.check(plan(Map.of("url", "swordfish"), NOTHING, typedIn)))
        .hasMessage(SHOWN);
  }

  @Test
  void aVariableOfAStepThatHoldsOneIsRefused() {
    var plan = plan(NOTHING, Map.of("URL", "u:swordfish@h"), Map.of("PW", "swordfish"));

    assertThatThrownBy(() -> GivenSecrets.check(plan))
        .hasMessage(
            "the variable `URL` of step `load` holds the value of the secret `PW`, and what `env`"
                + " says is stored and shown");
  }

  @Test
  void oneThatIsTooShortToBeMaskedIsRefused() {
    assertThatThrownBy(() -> GivenSecrets.check(plan(NOTHING, NOTHING, Map.of("PW", "abc\n"))))
        .hasMessage(
            "the value of the secret `ware-house.password` for `PW` is too short to be masked in"
                + " logs: expected 4 characters or more");
  }

  @Test
  void parametersThatHoldNoneAreTaken() {
    var plan = plan(Map.of("url", "sword"), Map.of("URL", "fish"), Map.of("PW", "swordfish"));

    assertThatCode(() -> GivenSecrets.check(plan)).doesNotThrowAnyException();
  }

  @Test
  void whatLiesInTheClusterAloneIsNotKnown() {
    var plan = plan(Map.of("url", "swordfish"), NOTHING, NOTHING);

    assertThat(GivenSecrets.of(plan)).isEmpty();
    assertThatCode(() -> GivenSecrets.check(plan)).doesNotThrowAnyException();
  }
}
