package ferry.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.Seeds;
import ferry.error.UserException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {

  @ParameterizedTest
  @CsvSource({
    "10s, 10000, 10s", "20m, 1200000, 20m", "1h30m, 5400000, 1h30m", "500ms, 500, 500ms",
    "2d, 172800000, 2d", "90s, 90000, 1m30s", "1.5h, 5400000, 1h30m", "0s, 0, 0s",
    "1d2h3m4s5ms, 93784005, 1d2h3m4s5ms", "' 5s ', 5000, 5s", "0.001s, 1, 1ms"
  })
  void durations(String text, long millis, String printed) {
    assertThat(DurationText.parse("timeout", text)).isEqualTo(Duration.ofMillis(millis));
    assertThat(DurationText.print(Duration.ofMillis(millis))).isEqualTo(printed);
  }

  @ParameterizedTest
  @CsvSource({
    "1Gi, 1073741824, 1Gi",
    "512Mi, 536870912, 512Mi",
    "2G, 2000000000, 2G",
    "500M, 500000000, 500M",
    "1.5Gi, 1610612736, 1.5Gi",
    "128974848, 128974848, 123Mi",
    "129e6, 129000000, 129M",
    "1Ki, 1024, 1Ki",
    "1k, 1000, 1k",
    "1025, 1025, 1025",
    "0, 0, 0",
    "0.1, 1, 1",
    "1Ti, 1099511627776, 1Ti",
    "7Ei, 8070450532247928832, 7Ei"
  })
  void memory(String text, long bytes, String printed) {
    assertThat(MemoryText.parse("memory", text)).isEqualTo(bytes);
    assertThat(MemoryText.print(bytes)).isEqualTo(printed);
  }

  @ParameterizedTest
  @CsvSource({"123456789, 118Mi", "1073741824, 1Gi", "1100000000, 1.02Gi", "999, 999", "2048, 2Ki"})
  void memoryForReading(long bytes, String about) {
    assertThat(MemoryText.about(bytes)).isEqualTo(about);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1000, 1",
    "0.5, 500, 0.5",
    "500m, 500, 0.5",
    "1.5, 1500, 1.5",
    "64, 64000, 64",
    "0.001, 1, 0.001"
  })
  void cpu(String text, long millis, String printed) {
    assertThat(CpuText.parse("cpu", text)).isEqualTo(millis);
    assertThat(CpuText.print(millis)).isEqualTo(printed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          10             | did you mean `10s`?
          10 sec         | did you mean `10s`?
          5 min          | did you mean `5m`?
          1 hour 30 min  | did you mean `1h30m`?
          2 Days         | did you mean `2d`?
          10S            | did you mean `10s`?
          """)
  void aDurationThatIsNearlyOneIsAnErrorThatSaysWhich(String text, String help) {
    assertThatThrownBy(() -> DurationText.parse("timeout", text))
        .hasMessage(
            "`timeout` is `" + text + "`; expected a duration like `10s`, `20m`, `1h30m` or `2d`")
        .isInstanceOfSatisfying(
            UserException.class, error -> assertThat(error.error().help()).containsExactly(help));
  }

  @ParameterizedTest
  @CsvSource({
    "1GB, did you mean `1G`?", "1 gb, did you mean `1G`?", "512mb, did you mean `512M`?",
    "1GiB, did you mean `1Gi`?", "1gi, did you mean `1Gi`?", "2K, did you mean `2k`?",
    "500m, did you mean `500M`?", "100 bytes, did you mean `100`?"
  })
  void anAmountOfMemoryThatIsNearlyOneIsAnErrorThatSaysWhich(String text, String help) {
    assertThatThrownBy(() -> MemoryText.parse("memory", text))
        .isInstanceOfSatisfying(
            UserException.class, error -> assertThat(error.error().help()).containsExactly(help));
  }

  @ParameterizedTest
  @CsvSource({
    "50%, did you mean `0.5`?",
    "2 cores, did you mean `2`?",
    "500 millicores, did you mean `500m`?",
    ".5, did you mean `0.5`?"
  })
  void anAmountOfProcessorsThatIsNearlyOneIsAnErrorThatSaysWhich(String text, String help) {
    assertThatThrownBy(() -> CpuText.parse("cpu", text))
        .isInstanceOfSatisfying(
            UserException.class, error -> assertThat(error.error().help()).containsExactly(help));
  }

  @ParameterizedTest
  @CsvSource({
    "'', duration",
    "30m1h, each unit once",
    "1h1h, each unit once",
    "-1s, duration",
    "99999d, 36500d",
    "0.0001s, whole milliseconds",
    "1w, duration"
  })
  void otherDurationsAreErrors(String text, String expected) {
    assertThatThrownBy(() -> DurationText.parse("timeout", text)).hasMessageContaining(expected);
  }

  @ParameterizedTest
  @CsvSource({"'', memory", "-1Gi, memory", "9Ei, less than", "1e99, less than", "lots, memory"})
  void otherAmountsOfMemoryAreErrors(String text, String expected) {
    assertThatThrownBy(() -> MemoryText.parse("memory", text)).hasMessageContaining(expected);
  }

  @Test
  void whatIsPrintedIsReadAgainAsTheSame() {
    Seeds.each(
        2_000,
        random -> {
          long number = random.nextLong(Long.MAX_VALUE) >>> random.nextInt(63);
          assertThat(MemoryText.parse("m", MemoryText.print(number))).isEqualTo(number);
          var duration = Duration.ofMillis(number % (36_500L * 86_400_000));
          assertThat(DurationText.parse("d", DurationText.print(duration))).isEqualTo(duration);
          assertThat(CpuText.parse("c", CpuText.print(number % 100_000)))
              .isEqualTo(number % 100_000);
        });
  }
}
