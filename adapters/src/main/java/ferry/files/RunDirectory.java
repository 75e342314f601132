package ferry.files;

import ferry.error.DiskTrouble;
import ferry.run.RunId;
import ferry.tracking.Artifacts;
import ferry.tracking.AttemptPath;
import ferry.tracking.RunFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The directory of each run under {@code runs/}. */
final class RunDirectory implements RunFiles {
  private final Path home;
  private final Artifacts artifacts;

  RunDirectory(Path home, Artifacts artifacts) {
    this.home = home;
    this.artifacts = artifacts;
  }

  @Override
  public void keepEnvironment(RunId run, Map<String, String> environment) {
    var file = environmentFile(run);
    var text = new StringBuilder();
    environment.forEach((name, value) -> text.append(name).append('=').append(value).append('\0'));
    try {
      Home.createParent(file);
      var temporary = file.resolveSibling("environment.new");
      Files.deleteIfExists(temporary);
      write(temporary, ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException trouble) {
      throw DiskTrouble.at(file, trouble);
    }
  }

  private static void write(Path file, ByteBuffer bytes) throws IOException {
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    var userOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (var channel = FileChannel.open(file, options, userOnly)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  @Override
  public Map<String, String> environment(RunId run) {
    var file = environmentFile(run);
    var environment = new LinkedHashMap<String, String>();
    if (!file.toFile().isFile()) {
      return environment;
    }
    try {
      for (var line : Files.readString(file).split("\0")) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          environment.put(line.substring(0, equals), line.substring(equals + 1));
        }
      }
      return environment;
    } catch (IOException trouble) {
      throw DiskTrouble.at(file, trouble);
    }
  }

  @Override
  public void delete(RunId run) {
    artifacts.delete(run);
    var directory = AttemptPath.of(home, run);
    try {
      Home.deleteTree(directory);
    } catch (IOException trouble) {
      throw DiskTrouble.at(directory, trouble);
    }
  }

  private Path environmentFile(RunId run) {
    return AttemptPath.environment(home, run);
  }
}
