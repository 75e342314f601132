package ferry.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BesideTest {
  private final Map<String, String> pages = new HashMap<>();
  private final Map<Path, String> files = new HashMap<>();
  private final List<String> told = new ArrayList<>();
  private long nanos;

  /** A disk and a network in memory. */
  private final Outside outside =
      new Outside() {
        @Override
        public byte[] read(Path file, long from, int most) {
          var bytes = files.getOrDefault(file, "").getBytes(StandardCharsets.UTF_8);
          int start = (int) Math.min(from, bytes.length);
          return Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + most));
        }

        @Override
        public List<Path> files(Path directory, String part) {
          return files.keySet().stream().sorted().toList();
        }

        @Override
        public Optional<String> get(String address) {
          return Optional.ofNullable(pages.get(address));
        }
      };

  private void read(Beside beside) {
    beside.read((part, found) -> found.forEach(one -> told.add(words(one))));
  }

  private static String words(LogMetrics.Found one) {
    var sighting = one.sighting();
    var step = sighting.step().isPresent() ? " @" + sighting.step().getAsLong() : "";
    return one.form() + ": " + sighting.key() + " " + sighting.value() + step;
  }

  @Test
  void aFileIsReadAsItGrows() {
    var file = Path.of("/trial/metrics.jsonl");
    var lines = LogMetrics.ofKnownForms();
    var beside = new FileBeside(outside, file, "file", lines::take);
    read(beside);
    files.put(file, "accuracy=0.5\naccu");
    read(beside);
    files.put(file, "accuracy=0.5\naccuracy=0.75\n");
    read(beside);
    assertThat(told).containsExactly("name=value: accuracy 0.5", "name=value: accuracy 0.75");
  }

  @Test
  void aPageCountsWhenItsValueIsAnother() {
    var beside = new PageBeside(outside, "http://127.0.0.1:8080/metrics", () -> nanos);
    read(beside);
    pages.put("http://127.0.0.1:8080/metrics", "# HELP\naccuracy 0.5\n");
    nanos += 2_000_000_000L;
    read(beside);
    nanos += 2_000_000_000L;
    read(beside);
    pages.put("http://127.0.0.1:8080/metrics", "accuracy 0.75\n");
    read(beside);
    nanos += 2_000_000_000L;
    read(beside);
    assertThat(told).containsExactly("Prometheus: accuracy 0.5", "Prometheus: accuracy 0.75");
  }

  private List<String> samples(String page) {
    return PrometheusPage.read(page).stream().map(one -> one.key() + " " + one.value()).toList();
  }

  @Test
  void aSampleWithLabelsHasItsBareNameWhereNoOtherHasIt() {
    assertThat(samples("loss{a=\"b\"} 0.55\n")).containsExactly("loss{a=\"b\"} 0.55", "loss 0.55");
    assertThat(samples("loss{a=\"}\"} 0.55\n")).containsExactly("loss{a=\"}\"} 0.55", "loss 0.55");
  }

  @Test
  void samplesOfOneNameAreToldApartByTheirLabelsAlone() {
    assertThat(samples("loss{a=\"b\"} 0.55\nloss{a=\"c\"} 0.5\n"))
        .containsExactly("loss{a=\"b\"} 0.55", "loss{a=\"c\"} 0.5");
    assertThat(samples("loss{a=\"b\"} 0.55\nloss 0.5\n"))
        .containsExactly("loss{a=\"b\"} 0.55", "loss 0.5");
  }

  @Test
  void aPageTellsTheNamesOfItsSamples() {
    var beside =
        Beside.of(
            List.of(
                new FileBeside(outside, Path.of("/none"), "file", _ -> List.of()),
                new PageBeside(outside, "http://127.0.0.1:8080/metrics", () -> nanos)));
    assertThat(beside.names()).isEmpty();
    pages.put("http://127.0.0.1:8080/metrics", "b 1\na{x=\"y\"} 2\n");
    read(beside);
    assertThat(beside.names()).containsExactly("a", "a{x=\"y\"}", "b");
  }

  @Test
  void theLastLinesThatLookLikeAMetricAreKept() {
    var lines = LogMetrics.ofKnownForms();
    lines.take("starting\nprecision 0.93\n".getBytes(StandardCharsets.UTF_8));
    assertThat(lines.likely()).containsExactly("precision 0.93");
    lines.take("loss=1\nloss=2\nloss=3\nloss=4\n".getBytes(StandardCharsets.UTF_8));
    assertThat(lines.likely()).containsExactly("loss=2", "loss=3", "loss=4");
  }
}
