package ferry.submission;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.run.RunId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How the runs of firings are named. */
class ScheduledRunsTest {
  private static final Instant FIRING = Instant.parse("2026-03-01T03:05:00Z");

  @Test
  void aFiringIsNamedAfterItsScheduleAndItsMinute() {
    assertThat(ScheduledRuns.id("nightly", FIRING)).isEqualTo(new RunId("nightly-20260301t0305"));
  }

  @Test
  void schedulesWhoseNamesLookAlikeInTheNamesOfRunsDoNotTakeEachOthersFirings() {
    assertThat(ScheduledRuns.id("nightly_eu", FIRING).value())
        .startsWith("nightly-eu-20260301t0305")
        .isNotEqualTo(ScheduledRuns.id("nightly-eu", FIRING).value())
        .isNotEqualTo(ScheduledRuns.id("Nightly-EU", FIRING).value());
  }

  @Test
  void schedulesWithOneLongBeginningDoNotTakeEachOthersFirings() {
    assertThat(ScheduledRuns.id("a".repeat(99) + "b", FIRING))
        .isNotEqualTo(ScheduledRuns.id("a".repeat(99) + "c", FIRING));
  }
}
