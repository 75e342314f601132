package ferry.cli;

import static java.util.stream.Collectors.joining;

import ferry.cli.client.CommandFailed;
import ferry.cli.client.Failure;
import ferry.error.DiskTrouble;
import ferry.workflow.Names;
import ferry.workflow.WorkflowReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A workflow file's text, and the directory in which its commands run: the file's own.
 *
 * @param directory absolute
 */
record WorkflowText(String text, Path directory) {
  static WorkflowText read(String name, Shell shell) {
    if (name.equals("-")) {
      return new WorkflowText(
          decode("standard input", bytes(shell.in(), "standard input")), shell.directory());
    }
    var file = shell.directory().resolve(name);
    if (Files.isDirectory(file)) {
      var inside = file.resolve("ferry.yaml");
      throw Files.exists(inside)
          ? Failure.usage(
                  "`" + name + "` is a directory",
                  "did you mean `" + Path.of(name).resolve("ferry.yaml") + "`?")
              .thrown()
          : Failure.usage("`" + name + "` is a directory; expected a workflow file").thrown();
    }
    try (var in = Files.newInputStream(file)) {
      var text = decode(name, bytes(in, name));
      var parent = file.normalize().getParent();
      return new WorkflowText(text, parent == null ? shell.directory() : parent);
    } catch (IOException e) {
      throw unreadable(name, file, e);
    }
  }

  private static CommandFailed unreadable(String name, Path file, IOException e) {
    if (!Files.exists(file)) {
      return Failure.usage("there is no file `" + name + "`", instead(name, file)).thrown();
    }
    return Failure.usage("`" + name + "` cannot be read: " + DiskTrouble.reason(e)).thrown();
  }

  /** The file that was meant, or the workflow files that lie there, or where it was looked for. */
  private static String instead(String name, Path file) {
    var directory = file.toAbsolutePath().normalize().getParent();
    var there = directory == null ? List.<String>of() : workflowFiles(directory);
    var typed = Path.of(name).getFileName().toString();
    var meant = there.size() == 1 ? Optional.of(there.getFirst()) : Names.nearest(typed, there);
    return meant
        .map(other -> "did you mean `" + Path.of(name).resolveSibling(other) + "`?")
        .orElse(
            there.isEmpty()
                ? "no workflow file lies in " + directory
                : "workflow files here: " + there.stream().limit(5).collect(joining(", ")));
  }

  private static List<String> workflowFiles(Path directory) {
    try (var files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml") || name.endsWith(".yml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static byte[] bytes(InputStream in, String name) {
    byte[] bytes;
    try {
      bytes = in.readNBytes(WorkflowReader.LARGEST + 1);
    } catch (IOException e) {
      throw Failure.usage("`" + name + "` cannot be read: " + DiskTrouble.reason(e)).thrown();
    }
    if (bytes.length > WorkflowReader.LARGEST) {
      throw Failure.usage(
              "`" + name + "` is larger than 1 MiB; expected a workflow file",
              "data and code belong into files of their own, which the commands name")
          .thrown();
    }
    return bytes;
  }

  private static String decode(String name, byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
    } catch (CharacterCodingException e) {
      int line = 1;
      for (int i = 0; i < buffer.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw Failure.usage("`" + name + "` is no text in UTF-8: line " + line + " holds other bytes")
          .thrown();
    }
  }
}
