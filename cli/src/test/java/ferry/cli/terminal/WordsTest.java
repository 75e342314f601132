package ferry.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class WordsTest {

  @Test
  void durationsAreAsPeopleSayThem() {
    assertThat(Words.duration(430)).isEqualTo("0.4 s");
    assertThat(Words.duration(12_900)).isEqualTo("12 s");
    assertThat(Words.duration(123_000)).isEqualTo("2 m 03 s");
    assertThat(Words.duration(3_900_000)).isEqualTo("1 h 05 m");
    assertThat(Words.duration(187_200_000)).isEqualTo("2 d 04 h");
    assertThat(Words.duration(-5)).isEqualTo("0.0 s");
  }

  @Test
  void timesAreRelative() {
    assertThat(Words.relative(0, 1_000)).isEqualTo("just now");
    assertThat(Words.relative(0, 60_000)).isEqualTo("1 minute ago");
    assertThat(Words.relative(0, 180_000)).isEqualTo("3 minutes ago");
    assertThat(Words.relative(7_200_000, 0)).isEqualTo("in 2 hours");
    assertThat(Words.relative(0, 3 * 86_400_000L)).isEqualTo("3 days ago");
  }

  @Test
  void sizesHaveOneDecimalWhereItMatters() {
    assertThat(Words.bytes(512)).isEqualTo("512 bytes");
    assertThat(Words.bytes(1L << 29)).isEqualTo("512 MiB");
    assertThat(Words.bytes(1_500_000_000)).isEqualTo("1.4 GiB");
    assertThat(Words.bytes(1L << 30)).isEqualTo("1 GiB");
  }

  @Test
  void thousandsAreGrouped() {
    assertThat(Words.count(1, "step")).isEqualTo("1 step");
    assertThat(Words.count(1_234_567, "step")).isEqualTo("1,234,567 steps");
  }

  @Test
  void timesAreReadAsTheJdkReadsThem() {
    assertThat(IsoTime.millis("2026-11-22T03:04:05.678Z"))
        .hasValue(Instant.parse("2026-11-22T03:04:05.678Z").toEpochMilli());
    assertThat(IsoTime.millis("2024-02-29T23:59:59Z"))
        .hasValue(Instant.parse("2024-02-29T23:59:59Z").toEpochMilli());
    assertThat(IsoTime.millis("1970-01-01T00:00:00.123456789Z")).hasValue(123);
    assertThat(IsoTime.millis("yesterday")).isEmpty();
    assertThat(IsoTime.millis("2026-1x-22T03:04:05.678Z")).isEmpty();
    assertThat(IsoTime.local(0, ZoneOffset.ofHours(9))).isEqualTo("1970-01-01 09:00:00");
  }
}
