package ferry.server.upkeep;

import static ferry.run.RunStatus.FAILED;
import static ferry.run.RunStatus.RUNNING;
import static ferry.run.RunStatus.STOPPED;
import static ferry.run.RunStatus.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import ferry.registry.ModelVersion;
import ferry.registry.Stage;
import ferry.run.RunId;
import ferry.run.RunStatus;
import ferry.server.upkeep.Retention.Kept;
import ferry.tracking.TrackedId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Duration MONTH = Duration.ofDays(30);

  private final OldRuns runs = new OldRuns();
  private final List<ModelVersion> versions = new ArrayList<>();
  private final List<RunId> unfinished = new ArrayList<>();
  private final Retention retention =
      new Retention(
          runs,
          runs,
          _ -> runs,
          new Retention.Needs(
              () -> versions,
              id -> Optional.of(new RunId(id.value().split("_")[0])),
              () -> unfinished),
          () -> NOW);

  private void ended(String id, RunStatus status, long days) {
    runs.add(id, status, Optional.of(NOW.minus(Duration.ofDays(days))), false);
  }

  private static List<RunId> ids(String... words) {
    return List.of(words).stream().map(RunId::new).toList();
  }

  @Test
  void whatEndedLongerAgoIsRemovedHoweverItEnded() {
    ended("digits-aaaaa", SUCCEEDED, 31);
    ended("digits-bbbbb", FAILED, 31);
    ended("digits-ccccc", STOPPED, 31);
    ended("digits-ddddd", SUCCEEDED, 29);
    runs.add("digits-eeeee", RUNNING, Optional.empty(), false);

    var outcome = retention.remove(MONTH, Optional.empty(), false);

    assertThat(outcome)
        .isEqualTo(
            new Retention.Outcome(
                ids("digits-ccccc", "digits-bbbbb", "digits-aaaaa"), List.of(), false));
    assertThat(runs.left()).containsExactly("digits-eeeee", "digits-ddddd");
  }

  @Test
  void aDryRunOnlySaysWhatWouldGo() {
    ended("digits-aaaaa", SUCCEEDED, 31);

    var outcome = retention.remove(MONTH, Optional.empty(), true);

    assertThat(outcome.removed()).isEqualTo(ids("digits-aaaaa"));
    assertThat(runs.left()).containsExactly("digits-aaaaa");
  }

  @Test
  void runsOfOtherWorkflowsStay() {
    ended("digits-aaaaa", SUCCEEDED, 31);
    ended("churn-bbbbb", SUCCEEDED, 31);

    retention.remove(MONTH, Optional.of("churn"), false);

    assertThat(runs.left()).containsExactly("digits-aaaaa");
  }

  @Test
  void aStarAModelAndAnExperimentThatGoesOnKeepTheirRuns() {
    runs.add("digits-aaaaa", SUCCEEDED, Optional.of(Instant.EPOCH), true);
    ended("digits-bbbbb", SUCCEEDED, 31);
    versions.add(version("digits", new TrackedId("digits-bbbbb_train")));
    ended("search-ccccc-7", SUCCEEDED, 31);
    unfinished.add(new RunId("search-ccccc"));

    var outcome = retention.remove(MONTH, Optional.empty(), false);

    assertThat(outcome.removed()).isEmpty();
    assertThat(outcome.kept())
        .containsExactly(
            new Kept(new RunId("search-ccccc-7"), "the experiment search-ccccc goes on"),
            new Kept(new RunId("digits-bbbbb"), "the model version digits/1 is its"),
            new Kept(new RunId("digits-aaaaa"), "it has a star"));
  }

  private static ModelVersion version(String model, TrackedId run) {
    return new ModelVersion(
        model,
        1,
        Stage.NONE,
        "",
        "ada",
        NOW,
        NOW,
        "mlflow-artifacts:/1",
        Optional.of(run),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  @Test
  void aRunThatItsBackendDoesNotGiveUpIsKeptAndTheOthersGo() {
    ended("digits-aaaaa", SUCCEEDED, 31);
    ended("digits-bbbbb", SUCCEEDED, 31);
    runs.busy.add(new RunId("digits-bbbbb"));

    var outcome = retention.remove(MONTH, Optional.empty(), false);

    assertThat(outcome.removed()).isEqualTo(ids("digits-aaaaa"));
    assertThat(outcome.kept())
        .containsExactly(new Kept(new RunId("digits-bbbbb"), "run `digits-bbbbb` goes on"));
  }

  @Test
  void longListsAreWalkedToTheirEnd() {
    for (int i = 0; i < 1200; i++) {
      ended("digits-" + i, SUCCEEDED, i % 2 == 0 ? 31 : 29);
    }

    var outcome = retention.remove(MONTH, Optional.empty(), false);

    assertThat(outcome.removed()).hasSize(600);
    assertThat(runs.left()).hasSize(600);
  }
}
