package ferry.cli.assembly;

import ferry.collect.Outside;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Files and pages of trials that run on this machine. */
final class TrialOutside implements Outside {
  private static final Duration MOMENT = Duration.ofMillis(500);
  private static final int DEEPEST = 6;
  private static final int MOST_FILES = 100;

  /** Made when the first address is asked: it reads every certificate that Java trusts. */
  private static final class Web {
    static final HttpClient CLIENT = HttpClient.newBuilder().connectTimeout(MOMENT).build();
  }

  @Override
  public byte[] read(Path file, long from, int most) {
    if (!Files.isRegularFile(file)) {
      return new byte[0];
    }
    try (var channel = FileChannel.open(file)) {
      long left = Math.clamp(channel.size() - from, 0, most);
      var bytes = ByteBuffer.allocate((int) left);
      while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
        // on to what is there
      }
      return Arrays.copyOf(bytes.array(), bytes.position());
    } catch (IOException _) {
      return new byte[0]; // it may be there at the next look
    }
  }

  @Override
  public List<Path> files(Path directory, String part) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var all = Files.walk(directory, DEEPEST)) {
      return all.filter(file -> file.getFileName().toString().contains(part))
          .filter(Files::isRegularFile)
          .sorted()
          .limit(MOST_FILES)
          .toList();
    } catch (IOException | java.io.UncheckedIOException _) {
      return List.of(); // it may be there at the next look
    }
  }

  @Override
  public Optional<String> get(String address) {
    try {
      var request = HttpRequest.newBuilder(URI.create(address)).timeout(MOMENT).build();
      var answer = Web.CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
    } catch (IOException | IllegalArgumentException _) {
      return Optional.empty(); // nobody answers yet, or any more
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
