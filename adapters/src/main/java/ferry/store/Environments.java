package ferry.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The whole environments in which things were typed, each in a directory of its own: {@code
 * NAME=VALUE} pairs with a NUL after each, in a file that only its user can read. Values may be
 * secret: they never enter the database.
 */
final class Environments {
  private static final String FILE = "environment";

  private final Path directory;
  private final StoreFailure failure;

  Environments(Path directory, StoreFailure failure) {
    this.directory = directory;
    this.failure = failure;
  }

  Path file(String name) {
    return directory.resolve(name).resolve(FILE);
  }

  /** Writes it whole or not at all; it survives a power cut once this returns. */
  void write(String name, Map<String, String> environment) {
    var text = new StringBuilder();
    environment.forEach((key, value) -> text.append(key).append('=').append(value).append('\0'));
    var own = directory.resolve(name);
    try {
      boolean isNew = !Files.isDirectory(own);
      PrivateFiles.directories(own);
      PrivateFiles.replace(own, FILE, text.toString().getBytes(StandardCharsets.UTF_8));
      if (isNew) {
        PrivateFiles.force(directory);
      }
    } catch (IOException e) {
      throw failure.of(e);
    }
  }

  /**
   * Gives it the environment that is written in a file already, which it shares. Where a power cut
   * takes it away, the other file is still there.
   */
  void share(String name, Path other, Map<String, String> environment) {
    try {
      PrivateFiles.directories(directory.resolve(name));
      Files.createLink(file(name), other);
    } catch (FileAlreadyExistsException _) {
      // it was given to it before
    } catch (IOException | UnsupportedOperationException _) {
      write(name, environment); // the other is gone, or has too many links for its file system
    }
  }

  /** What was written, if it is there. */
  Optional<Map<String, String>> read(String name) {
    var environment = new LinkedHashMap<String, String>();
    try {
      for (var pair : Files.readString(file(name)).split("\0")) {
        int equals = pair.indexOf('=', 1);
        if (equals > 0) {
          environment.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
      }
      return Optional.of(environment);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw failure.of(e);
    }
  }

  /** Takes it away, and its directory too where nothing else is in it. */
  void delete(String name) {
    var own = directory.resolve(name);
    if (!Files.isDirectory(own)) {
      return;
    }
    try {
      Files.deleteIfExists(file(name));
      try (var rest = Files.list(own)) {
        if (rest.findAny().isPresent()) {
          return;
        }
      }
      Files.deleteIfExists(own);
    } catch (IOException e) {
      throw failure.of(e);
    }
  }
}
