package ferry.collect;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.collect.LogMetrics.Found;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The user's own measure of length in event files: of the same step, whatever its file. */
class EventsBesideTest {
  private final byte[] file = LogMetricsTest.bytes("events.tfevents");
  private final List<String> told = new ArrayList<>();
  private final Outside outside =
      new Outside() {
        @Override
        public byte[] read(Path path, long from, int most) {
          return Arrays.copyOfRange(file, (int) Math.min(from, file.length), file.length);
        }

        @Override
        public List<Path> files(Path directory, String part) {
          return List.of(directory.resolve("a.tfevents"));
        }

        @Override
        public Optional<String> get(String address) {
          return Optional.empty();
        }
      };

  EventsBesideTest() throws IOException {}

  private void tell(String part, List<Found> found) {
    found.forEach(one -> {
      var measured = one.sighting().place().measured();
      told.add(part + " " + one.sighting().key() + " " + measured.orElse(-1));
    });
  }

  @Test
  void aScalarHasTheLengthOfItsStep() {
    var unit = new LengthUnit(Optional.of("loss"));
    new EventsBeside(outside, Path.of("/trial"), 0, unit).read(this::tell);
    assertThat(told)
        .contains("events/a.tfevents val/accuracy 1.0", "events/a.tfevents val/accuracy 0.5")
        .contains("events/a.tfevents val/accuracy 0.25");
  }

  private static List<Found> scalar(long step, String tag, double value) {
    return List.of(new Found(Collecting.EVENTS, 0, Sighting.at(step, tag, value)));
  }

  @Test
  void theLengthMayStandInAnotherFile() {
    var joining = new LengthsByStep(new LengthUnit(Optional.of("epochs")));
    var files = new LinkedHashMap<String, List<Found>>();
    files.put("validation", scalar(938, "accuracy", 0.5));
    files.put("train", scalar(938, "epoch", 2));
    joining.look(files, this::tell);
    assertThat(told).containsExactly("validation accuracy 2.0", "train epoch 2.0");
  }

  @Test
  void whatWaitsComesBeforeWhatIsNew() {
    var joining = new LengthsByStep(new LengthUnit(Optional.of("epochs")));
    joining.look(Map.of("a", scalar(1, "accuracy", 0.5)), this::tell);
    joining.look(Map.of("a", scalar(2, "epoch", 1)), this::tell);
    joining.look(Map.of(), this::tell);
    assertThat(told).containsExactly("a accuracy -1.0", "a epoch 1.0");
  }
}
