package ferry.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.error.DefinitionError;
import ferry.error.UserException;
import ferry.workflow.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CronTimesTest {
  private static final String BERLIN = "Europe/Berlin";
  private static final String NEW_YORK = "America/New_York";
  private static final String LORD_HOWE = "Australia/Lord_Howe";
  private static final String SEOUL = "Asia/Seoul";

  private final CronTimes times = new CronTimes();

  @Test
  void aLineFiresInItsOwnZone() {
    assertThat(firings("0 3 * * *", SEOUL, "2026-01-01T00:00+09:00", 2))
        .containsExactly("2026-01-01T03:00+09:00", "2026-01-02T03:00+09:00");
  }

  @Test
  void theNextFiringIsStrictlyLater() {
    assertThat(firings("0 3 * * *", SEOUL, "2026-01-01T03:00+09:00", 1))
        .containsExactly("2026-01-02T03:00+09:00");
    assertThat(firings("0 3 * * *", SEOUL, "2026-01-01T02:59:59.999+09:00", 1))
        .containsExactly("2026-01-01T03:00+09:00");
  }

  @Test
  void aSkippedTimeFiresOnceWhenClocksJump() {
    assertThat(firings("30 2 * * *", BERLIN, "2026-03-28T00:00+01:00", 3))
        .containsExactly(
            "2026-03-28T02:30+01:00", "2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00");
    assertThat(firings("30 2 * * *", NEW_YORK, "2026-03-07T12:00-05:00", 2))
        .containsExactly("2026-03-08T03:00-04:00", "2026-03-09T02:30-04:00");
    assertThat(firings("15 2 * * *", LORD_HOWE, "2026-10-03T12:00+10:30", 2))
        .containsExactly("2026-10-04T02:30+11:00", "2026-10-05T02:15+11:00");
  }

  @Test
  void severalSkippedTimesFireTogetherOnce() {
    assertThat(firings("*/20 2 * * *", BERLIN, "2026-03-29T00:00+01:00", 2))
        .containsExactly("2026-03-29T03:00+02:00", "2026-03-30T02:00+02:00");
    assertThat(firings("30 2,3 * * *", BERLIN, "2026-03-29T00:00+01:00", 2))
        .containsExactly("2026-03-29T03:00+02:00", "2026-03-29T03:30+02:00");
    assertThat(firings("0 2,3 * * *", BERLIN, "2026-03-29T00:00+01:00", 2))
        .containsExactly("2026-03-29T03:00+02:00", "2026-03-30T02:00+02:00");
  }

  @Test
  void aTimeThatComesTwiceFiresTheFirstTimeOnly() {
    assertThat(firings("30 2 * * *", BERLIN, "2026-10-25T00:00+02:00", 2))
        .containsExactly("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
    assertThat(firings("30 1 * * *", NEW_YORK, "2026-11-01T00:00-04:00", 2))
        .containsExactly("2026-11-01T01:30-04:00", "2026-11-02T01:30-05:00");
    assertThat(firings("45 1 * * *", LORD_HOWE, "2026-04-05T00:00+11:00", 2))
        .containsExactly("2026-04-05T01:45+11:00", "2026-04-06T01:45+10:30");
  }

  @Test
  void anotherServerThatAsksInTheSecondPassFiresNothingTwice() {
    assertThat(firings("30 2 * * *", BERLIN, "2026-10-25T02:10+01:00", 1))
        .containsExactly("2026-10-26T02:30+01:00");
  }

  @Test
  void anHourlyLineFiresEveryRealHour() {
    assertThat(firings("0 * * * *", BERLIN, "2026-03-29T00:30+01:00", 3))
        .containsExactly(
            "2026-03-29T01:00+01:00", "2026-03-29T03:00+02:00", "2026-03-29T04:00+02:00");
    assertThat(firings("30 * * * *", NEW_YORK, "2026-11-01T00:45-04:00", 3))
        .containsExactly(
            "2026-11-01T01:30-04:00", "2026-11-01T01:30-05:00", "2026-11-01T02:30-05:00");
  }

  @Test
  void aLineForEveryQuarterGoesThroughHalfAnHourThatComesTwice() {
    assertThat(firings("*/15 * * * *", LORD_HOWE, "2026-04-05T01:30+11:00", 4))
        .containsExactly(
            "2026-04-05T01:45+11:00",
            "2026-04-05T01:30+10:30",
            "2026-04-05T01:45+10:30",
            "2026-04-05T02:00+10:30");
  }

  @Test
  void aFixedHourGoesOnOverAChangeInAnotherHour() {
    assertThat(firings("0 */2 * * *", BERLIN, "2026-03-29T00:30+01:00", 2))
        .containsExactly("2026-03-29T03:00+02:00", "2026-03-29T04:00+02:00");
  }

  @Test
  void theLastDayOfFebruaryOfALeapYearIsFound() {
    assertThat(firings("0 0 29 2 *", BERLIN, "2096-03-01T00:00+01:00", 1))
        .containsExactly("2104-02-29T00:00+01:00");
  }

  @Test
  void eitherTheDayOfTheMonthOrOfTheWeekFits() {
    assertThat(firings("0 0 13 * 5", "UTC", "2026-01-01T00:00Z", 3))
        .containsExactly("2026-01-02T00:00Z", "2026-01-09T00:00Z", "2026-01-13T00:00Z");
  }

  @Test
  void aDayThatNeverComesNeverFires() {
    assertThat(times.next(new Schedule("0 0 31 2,4,6 *", ZoneId.of(SEOUL)), Instant.EPOCH))
        .isEmpty();
  }

  /**
   * What a plain walk over real minutes finds, for lines that have fixed hours and for intervals.
   */
  @Test
  void anIntervalFiresAsAWalkOverRealMinutesDoes() {
    for (var zone : List.of(BERLIN, NEW_YORK, LORD_HOWE, SEOUL)) {
      assertThat(everyTenthMinute(zone)).isEqualTo(firings("*/10 * * * *", zone, start(zone), 400));
    }
  }

  @Test
  void noLineOfNoiseEndsInAnythingButAnErrorInWords() {
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      var line = noise(random);
      try {
        times.next(new Schedule(line, ZoneId.of(BERLIN)), Instant.EPOCH);
      } catch (UserException e) {
        assertThat(e.error()).as(line).isInstanceOf(DefinitionError.BadValue.class);
      }
    }
  }

  @Test
  void aWrongFieldIsNamed() {
    assertThatThrownBy(
            () -> times.next(new Schedule("0 3 * * MOON", ZoneId.of(SEOUL)), Instant.EPOCH))
        .hasMessage(
            "`cron` is `0 3 * * MOON`; expected a day of the week from 0 to 7 (0 and 7 are Sunday),"
                + " or MON to SUN, not `MOON`");
  }

  private static String noise(Random random) {
    var signs = "0123456789,-*/ |@LW#?JANmon";
    var line = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      line.append(random.nextBoolean() ? "*" : String.valueOf(random.nextInt(70))).append(' ');
    }
    for (int i = random.nextInt(4); i >= 0; i--) {
      line.insert(random.nextInt(line.length()), signs.charAt(random.nextInt(signs.length())));
    }
    return line.toString();
  }

  /** A day before clocks go back or jump, where they do. */
  private static String start(String zone) {
    return zone.equals(LORD_HOWE) ? "2026-04-04T00:00+11:00" : "2026-10-24T00:00Z";
  }

  private static List<String> everyTenthMinute(String zone) {
    var found = new ArrayList<String>();
    var at = ZonedDateTime.parse(start(zone)).withZoneSameInstant(ZoneId.of(zone));
    while (found.size() < 400) {
      at = at.plusMinutes(1);
      if (at.getMinute() % 10 == 0) {
        found.add(at.toOffsetDateTime().toString());
      }
    }
    return found;
  }

  private List<String> firings(String line, String zone, String after, int count) {
    var schedule = new Schedule(line, ZoneId.of(zone));
    var found = new ArrayList<String>();
    var at = ZonedDateTime.parse(after).toInstant();
    for (int i = 0; i < count; i++) {
      at = times.next(schedule, at).orElseThrow();
      found.add(at.atZone(ZoneId.of(zone)).toOffsetDateTime().toString());
    }
    return found;
  }
}
