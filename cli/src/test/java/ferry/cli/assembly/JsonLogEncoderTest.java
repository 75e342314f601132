package ferry.cli.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JsonLogEncoderTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.250Z");

  private static String encoded(String message, Exception failure, Object... arguments) {
    var logger = new LoggerContext().getLogger("ferry.engine.Engine");
    var event = new LoggingEvent("", logger, Level.WARN, message, failure, arguments);
    event.setInstant(NOON);
    event.setThreadName("engine");
    return new String(new JsonLogEncoder().encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void anEventIsAnObjectOnALineOfItsOwn() {
    assertThat(encoded("run {} is \"late\"\nby {} s", null, "digits-aaaaa", 3))
        .isEqualTo(
            "{\"time\":\"2026-11-23T12:00:00.250Z\",\"level\":\"WARN\","
                + "\"logger\":\"ferry.engine.Engine\",\"thread\":\"engine\","
                + "\"message\":\"run digits-aaaaa is \\\"late\\\"\\nby 3 s\"}\n");
  }

  @Test
  void aFailureStandsOnTheSameLineWithItsCause() {
    var failure = new IllegalStateException("broken", new IOException("no space left"));

    assertThat(encoded("a turn failed", failure))
        .contains(
            "\"message\":\"a turn failed\",\"exception\":\"java.lang.IllegalStateException:"
                + " broken\\n")
        .contains("Caused by: java.io.IOException: no space left")
        .endsWith("}\n")
        .hasLineCount(1);
  }

  @Test
  void theLogHasNoLinesButThoseOfEvents() {
    assertThat(new JsonLogEncoder().headerBytes()).isEmpty();
    assertThat(new JsonLogEncoder().footerBytes()).isEmpty();
  }
}
