package ferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.run.AttemptId;
import ferry.run.RunId;
import ferry.run.RunStatus;
import ferry.tracking.RunCatalog;
import ferry.tracking.RunRecord;
import ferry.tracking.RunSummary;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose token a token is. */
class StepTokensTest {
  private static final RunId RUN = new RunId("w-x7k2p");

  @TempDir Path home;
  private RunStatus status = RunStatus.RUNNING;

  /** One run, of whose attempts none has ended. */
  private final class OneRun implements RunCatalog {
    @Override
    public List<RunSummary> list(Query query) {
      return List.of();
    }

    @Override
    public Optional<RunRecord> find(RunId run) {
      return Optional.empty();
    }

    @Override
    public Optional<RunSummary> summary(RunId run) {
      var none = Optional.<Instant>empty();
      return Optional.of(
          new RunSummary(run, "w", "argo", status, Instant.EPOCH, none, "ada", "true", 1, 0));
    }

    @Override
    public boolean goesOn(AttemptId attempt) {
      return true;
    }

    @Override
    public Optional<RunId> latest() {
      return Optional.empty();
    }

    @Override
    public List<RunId> startingWith(String prefix) {
      return List.of();
    }

    @Override
    public void delete(RunId run) {}
  }

  private StepTokens tokens() {
    return new StepTokens(home, new OneRun(), () -> Optional.of("http://localhost:1"));
  }

  private static String name(String stepRun) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(stepRun.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<AttemptId> attempt(String stepRun, int number) {
    return Optional.of(new AttemptId(RUN, stepRun, number));
  }

  @Test
  void anAttemptIsKnownByItsOwnToken() {
    var token = tokens().token(new AttemptId(RUN, "train/a", 2));

    assertThat(tokens().attempt(token)).isEqualTo(attempt("train/a", 2));
    assertThat(tokens().attempt(token + ".3")).isEmpty();
    assertThat(tokens().attempt(token.substring(0, token.length() - 2))).isEmpty();
  }

  @Test
  void aTryIsKnownByItsNumber() {
    var all = tokens().tokenOfTries(RUN, "train").orElseThrow();

    assertThat(tokens().attempt(all + ".2")).isEqualTo(attempt("train", 2));
    assertThat(tokens().attempt(all)).isEmpty();
    assertThat(tokens().attempt(all + ".0")).isEmpty();
    assertThat(tokens().attempt(all + ".x")).isEmpty();
    assertThat(tokens().attempt(all + ".2." + name("train[a]"))).isEmpty();
  }

  @Test
  void aStepRunOfAListIsKnownByItsName() {
    var all = tokens().tokenOfTries(RUN, "each[*]").orElseThrow();

    assertThat(tokens().attempt(all + ".1." + name("each[a,b]")))
        .isEqualTo(attempt("each[a,b]", 1));
    assertThat(tokens().attempt(all + ".1." + name("other[a]"))).isEmpty();
    assertThat(tokens().attempt(all + ".1." + name("each"))).isEmpty();
    assertThat(tokens().attempt(all + ".1.!")).isEmpty();
  }

  @Test
  void noTryOfARunThatHasEndedIsKnown() {
    var all = tokens().tokenOfTries(RUN, "train").orElseThrow();

    status = RunStatus.SUCCEEDED;

    assertThat(tokens().attempt(all + ".7")).isEmpty();
  }
}
