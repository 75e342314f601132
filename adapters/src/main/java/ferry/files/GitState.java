package ferry.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Where a working directory stands in its git repository, read from the repository's files; git
 * itself is asked only whether anything differs.
 *
 * @param top the directory that holds {@code .git}
 * @param commit the commit's hash
 * @param stamp changes when something is staged or another commit is checked out
 */
record GitState(Path top, String commit, String stamp) {
  private static final String REFERENCE = "ref: ";
  private static final int HASH_LENGTH = 40;

  /** Empty where there is no repository, or no commit in it yet. */
  static Optional<GitState> of(Path directory) {
    for (Path at = directory; at != null; at = at.getParent()) {
      var dotGit = at.resolve(".git");
      if (dotGit.toFile().exists()) {
        try {
          return read(at, dotGit);
        } catch (IOException unreadable) {
          // A repository that cannot be read is none for us: the commit is extra knowledge.
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<GitState> read(Path top, Path dotGit) throws IOException {
    var directory = dotGit.toFile().isFile() ? linked(top, dotGit) : dotGit;
    var common = directory.resolve("commondir");
    var shared =
        common.toFile().isFile()
            ? directory.resolve(Files.readString(common).strip()).normalize()
            : directory;
    var head = Files.readString(directory.resolve("HEAD")).strip();
    var commit =
        head.startsWith(REFERENCE)
            ? commitOf(directory, shared, head.substring(REFERENCE.length()))
            : Optional.of(head);
    var index = directory.resolve("index").toFile();
    return commit
        .filter(hash -> hash.length() >= HASH_LENGTH)
        .map(hash -> new GitState(top, hash, hash + index.lastModified() + ":" + index.length()));
  }

  private static Path linked(Path top, Path dotGit) throws IOException {
    var line = Files.readString(dotGit).strip();
    return top.resolve(line.replaceFirst("^gitdir: ", "")).normalize();
  }

  private static Optional<String> commitOf(Path directory, Path shared, String reference)
      throws IOException {
    for (var place : new Path[] {directory, shared}) {
      var loose = place.resolve(reference);
      if (loose.toFile().isFile()) {
        return Optional.of(Files.readString(loose).strip());
      }
    }
    var packed = shared.resolve("packed-refs");
    if (!packed.toFile().isFile()) {
      return Optional.empty();
    }
    try (var lines = Files.lines(packed)) {
      return lines
          .filter(line -> line.endsWith(" " + reference))
          .map(line -> line.substring(0, line.indexOf(' ')))
          .findFirst();
    }
  }

  /**
   * Whether anything differs from the commit, untracked files included; empty where git does not
   * say in time.
   */
  Optional<Boolean> isDirty(Duration patience) {
    var builder =
        new ProcessBuilder(
                "git", "--no-optional-locks", "status", "--porcelain", "--ignore-submodules=dirty")
            .directory(top.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    try {
      var git = builder.start();
      git.getOutputStream().close();
      var differs = firstByte(git);
      if (!git.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        git.destroyForcibly();
        return Optional.empty();
      }
      return git.exitValue() == 0 || differs.join()
          ? Optional.of(differs.join())
          : Optional.empty();
    } catch (IOException noGit) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static java.util.concurrent.CompletableFuture<Boolean> firstByte(Process git) {
    var differs = new java.util.concurrent.CompletableFuture<Boolean>();
    Thread.ofVirtual()
        .start(() -> {
          try (var out = git.getInputStream()) {
            differs.complete(out.read() >= 0);
          } catch (IOException ended) {
            differs.complete(false);
          }
        });
    return differs;
  }
}
