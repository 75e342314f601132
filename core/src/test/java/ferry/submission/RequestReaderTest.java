package ferry.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.error.Location;
import ferry.error.UserException;
import ferry.workflow.Command;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of a request before anything of it is started. */
class RequestReaderTest {
  private final RequestReader reader =
      new RequestReader((_, _, _, _) -> {
        throw new AssertionError("no file is read");
      });

  private Reading read(String oneLiner, Map<String, String> params) {
    return reader.read(
        new RunRequest(
            "x7k2p",
            Origin.Kind.ONE_LINER,
            oneLiner,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            params,
            Map.of(),
            Optional.empty(),
            new Place("/work", Map.of(), "me", "here")));
  }

  @Test
  void aValueOfAStepBesideIsRefusedWhereItStands() {
    var refused =
        catchThrowableOfType(
            UserException.class,
            () -> read("a: echo {n} >> [b: python b.py, c: echo {a.x} {b.x}]", Map.of("n", "1")));

    assertThat(refused).hasMessage("step `c` cannot use `{b.x}`: step `b` does not come before");
    assertThat(refused.error().help()).containsExactly("let `b` lead to `c` with `>>`");
    assertThat(refused.location().map(Location::column)).hasValue(47);
  }

  @Test
  void aValueOfALaterStepOrOfItselfIsRefused() {
    assertThatThrownBy(() -> read("a: echo {b.x} >> b: true", Map.of()))
        .hasMessage("step `a` cannot use `{b.x}`: step `b` does not come before");
    assertThatThrownBy(() -> read("a: echo {a.x}", Map.of()))
        .hasMessage("step `a` cannot use `{a.x}`, a value of its own");
  }

  @Test
  void aValueOfAnyStepBeforeIsFine() {
    var steps = read("a: true >> [b: true, c: true] >> d: echo {a.x} {c.y}", Map.of());

    assertThat(steps.workflow().steps().getLast().command())
        .isEqualTo(new Command.Shell("echo {a.x} {c.y}"));
  }

  @Test
  void parametersThatWouldBeOneVariableAreRefused() {
    assertThatThrownBy(() -> read("echo {a-b} {a_b}", Map.of("a-b", "1", "a_b", "2")))
        .hasMessageMatching(
            "the parameters `a.b` and `a.b` would both be \\$FERRY_PARAM_A_B to the steps");
  }

  @Test
  void parametersOfOtherLettersStayApart() {
    assertThat(read("echo {학습} {평가}", Map.of("학습", "1", "평가", "2")).warnings()).isEmpty();
  }

  @Test
  void aParameterWhoseNameNoCommandCouldUseIsRefused() {
    assertThatThrownBy(() -> read("true", Map.of("l r", "1")))
        .hasMessage(
            "parameter `l r` is not a name that can be used: expected letters, digits, `-` and `_`,"
                + " no digit first, so that it can stand in `{name}`");
  }
}
