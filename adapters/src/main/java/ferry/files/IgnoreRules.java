package ferry.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is left out of snapshots: what {@code .gitignore} and {@code .ferryignore} name, from the
 * top of the repository down, and what is never code. Rules of a deeper directory win, later lines
 * win over earlier ones, and {@code .ferryignore} over {@code .gitignore}.
 */
final class IgnoreRules {
  /** Left out always, whatever the ignore files say. */
  static final Set<String> NEVER_CODE =
      Set.of(
          ".git",
          ".hg",
          ".svn",
          ".venv",
          "__pycache__",
          "node_modules",
          ".ferry",
          ".cache",
          ".ssh",
          ".gnupg",
          ".aws",
          ".kube");

  private final Optional<IgnoreRules> above;
  private final String prefix;
  private final int skip;
  private final List<IgnorePattern> patterns;

  private IgnoreRules(
      Optional<IgnoreRules> above, String prefix, int skip, List<IgnorePattern> patterns) {
    this.above = above;
    this.prefix = prefix;
    this.skip = skip;
    this.patterns = patterns;
  }

  /** The rules for a working directory, those of the repository around it included. */
  static IgnoreRules of(Path directory) {
    var top = repository(directory);
    var prefix = top.relativize(directory).toString();
    var start = prefix.isEmpty() ? "" : prefix + "/";
    var rules =
        new IgnoreRules(Optional.empty(), start, 0, lines(top.resolve(".git/info/exclude")));
    var at = top;
    rules = rules.with(0, read(at));
    int skip = 0;
    for (var part : prefix.isEmpty() ? List.<String>of() : List.of(prefix.split("/"))) {
      at = at.resolve(part);
      skip += part.length() + 1;
      rules = rules.with(skip, read(at));
    }
    return rules;
  }

  /** The directory at the top of the repository, or the directory itself where there is none. */
  private static Path repository(Path directory) {
    for (Path at = directory; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        return at;
      }
    }
    return directory;
  }

  /**
   * The rules in a directory below.
   *
   * @param relative its path from the working directory, with a slash at the end
   */
  IgnoreRules below(Path directory, String relative) {
    return with(prefix.length() + relative.length(), read(directory));
  }

  private IgnoreRules with(int skip, List<IgnorePattern> more) {
    return more.isEmpty() ? this : new IgnoreRules(Optional.of(this), prefix, skip, more);
  }

  /**
   * Whether a file or directory is left out; what lies in a directory that is left out is not asked
   * for.
   *
   * @param relative its path from the working directory
   */
  boolean ignores(String relative, String name, boolean isDirectory) {
    return NEVER_CODE.contains(name) || ignoredByFile(prefix + relative, name, isDirectory);
  }

  private boolean ignoredByFile(String path, String name, boolean isDirectory) {
    var own = path.substring(skip);
    for (int i = patterns.size() - 1; i >= 0; i--) {
      var pattern = patterns.get(i);
      if (pattern.matches(own, name, isDirectory)) {
        return !pattern.negated();
      }
    }
    return above.isPresent() && above.get().ignoredByFile(path, name, isDirectory);
  }

  private static List<IgnorePattern> read(Path directory) {
    var all = new ArrayList<IgnorePattern>(lines(directory.resolve(".gitignore")));
    all.addAll(lines(directory.resolve(".ferryignore")));
    return all;
  }

  private static List<IgnorePattern> lines(Path file) {
    if (!file.toFile().isFile()) {
      return List.of();
    }
    try {
      var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return (text.startsWith("\uFEFF") ? text.substring(1) : text)
          .lines()
          .map(IgnorePattern::parse)
          .filter(pattern -> !pattern.isEmpty())
          .toList();
    } catch (IOException unreadable) {
      // A rule file that cannot be read ignores nothing, as in git: more is kept, never less.
      return List.of();
    }
  }
}
