package ferry.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The file was written by tensorboardX, with a histogram and a text among its scalars. */
class EventFileTest {

  @Test
  void scalarsAreReadWithTheirStepsAndTimes() throws IOException {
    var events = new EventFile().take(LogMetricsTest.bytes("events.tfevents"));
    assertThat(shown(events))
        .containsExactly(
            "loss = 1.0 @0",
            "val/accuracy = 0.0 @0",
            "loss = 0.5 @1",
            "val/accuracy = 0.20000000298023224 @1",
            "loss = 0.3333333432674408 @2",
            "val/accuracy = 0.4000000059604645 @2",
            "loss = 0.25 @3",
            "val/accuracy = 0.6000000238418579 @3",
            "loss = 0.20000000298023224 @4",
            "val/accuracy = 0.800000011920929 @4",
            "bad = NaN @5");
    assertThat(events).allMatch(event -> event.atMillis() / 1_000_000_000L == 1795);
  }

  @Test
  void aFileThatGrowsByteByByteGivesTheSame() throws IOException {
    var file = new EventFile();
    var events = new ArrayList<EventFile.Event>();
    for (byte b : LogMetricsTest.bytes("events.tfevents")) {
      events.addAll(file.take(new byte[] {b}));
    }
    assertThat(shown(events)).hasSize(11);
  }

  @Test
  void fromADamagedRecordOnNothingIsRead() throws IOException {
    var bytes = LogMetricsTest.bytes("events.tfevents");
    bytes[100] ^= 1;
    var file = new EventFile();
    assertThat(shown(file.take(bytes))).containsExactly("loss = 1.0 @0");
    assertThat(file.take(bytes)).isEmpty();
  }

  @Test
  void noFlippedBitDoesMoreHarmThanToEndTheReading() throws IOException {
    var bytes = LogMetricsTest.bytes("events.tfevents");
    for (int i = 0; i < bytes.length; i++) {
      var damaged = Arrays.copyOf(bytes, bytes.length);
      damaged[i] ^= (byte) 0x81;
      assertThat(new EventFile().take(damaged)).hasSizeLessThan(12);
    }
  }

  @Test
  void aPageOfPrometheusIsReadSampleBySampleAndASoleOneByItsBareNameToo() {
    var page =
        """
        # HELP accuracy of the model
        # TYPE accuracy gauge
        accuracy 0.97 1795384409000
        loss{part="test",fold="1"} 1e-3
        bad NaN
        no sample here
        """;
    assertThat(PrometheusPage.read(page).stream().map(EventFileTest::shown))
        .containsExactly(
            "accuracy = 0.97",
            "loss{part=\"test\",fold=\"1\"} = 0.001",
            "bad = NaN",
            "loss = 0.001");
  }

  private static List<String> shown(List<EventFile.Event> events) {
    return events.stream().map(event -> shown(event.sighting())).toList();
  }

  private static String shown(Sighting sighting) {
    var step = sighting.step().isPresent() ? " @" + sighting.step().getAsLong() : "";
    return sighting.key() + " = " + sighting.value() + step;
  }
}
