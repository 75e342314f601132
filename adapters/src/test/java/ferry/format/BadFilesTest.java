package ferry.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ferry.cron.CronTimes;
import ferry.error.UserException;
import ferry.format.Examples.Example;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file of {@code bad-files.md} is refused with exactly the words that stand beside it. */
class BadFilesTest {
  private final WorkflowFiles files = new WorkflowFiles(new CronTimes(), ZoneOffset.UTC);

  static List<Example> examples() {
    return Examples.in("bad-files.md");
  }

  @ParameterizedTest
  @MethodSource("examples")
  void aBadFileIsRefusedInWords(Example example) {
    var thrown =
        catchThrowableOfType(
            UserException.class, () -> files.read("flow/ferry.yaml", example.file()));

    assertThat(Shown.error(thrown)).isEqualTo(example.shows());
    assertThat(thrown.error().exitCode()).isEqualTo(2);
  }

  @Test
  void thereAreManyBadFiles() {
    assertThat(examples()).hasSizeGreaterThan(120);
  }
}
