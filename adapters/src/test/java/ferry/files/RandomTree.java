package ferry.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import java.util.TreeSet;

/** A small directory tree with ignore files, drawn from a seed. */
final class RandomTree {
  private static final String[] NAMES = {
    "a", "b", "ab", "x.log", "y.py", "data", "b.log", "c d", "é"
  };
  private static final String[] PIECES = {
    "a", "b", "ab", "*", "?", "**", "x.log", "*.log", "data", "[ab]", "[!a]", "a*", "*b", "c d",
    "\\a", "é"
  };

  private final Path root;
  private final Random random;

  RandomTree(Path root, long seed) {
    this.root = root;
    this.random = new Random(seed);
  }

  void grow() throws IOException {
    grow(root, 0);
  }

  private void grow(Path directory, int depth) throws IOException {
    for (var name : NAMES) {
      var path = directory.resolve(name);
      if (depth < 3 && random.nextInt(3) == 0) {
        Files.createDirectory(path);
        grow(path, depth + 1);
      } else if (random.nextInt(3) > 0) {
        Files.createFile(path);
      }
    }
    if (depth == 0 || random.nextInt(3) == 0) {
      var lines = new ArrayList<String>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        lines.add(line());
      }
      Files.write(directory.resolve(".gitignore"), lines);
    }
  }

  private String line() {
    var line = new StringBuilder(random.nextInt(4) == 0 ? "!" : "");
    line.append(random.nextInt(4) == 0 ? "/" : "");
    for (int i = random.nextInt(3); i >= 0; i--) {
      line.append(PIECES[random.nextInt(PIECES.length)]).append(i > 0 ? "/" : "");
    }
    return line.append(random.nextInt(4) == 0 ? "/" : "")
        .append(random.nextInt(8) == 0 ? " " : "")
        .toString();
  }

  /** The files that a scan finds. */
  static TreeSet<String> kept(Path directory) {
    var scan = new DirectoryScan(directory, Path.of("/nowhere"), IgnoreRulesTest.plenty());
    try {
      scan.walk();
    } catch (IOException | Budget.TooLarge trouble) {
      throw new AssertionError(trouble);
    }
    var files = new TreeSet<String>();
    scan.found().stream()
        .filter(file -> file.kind() == ScannedFile.Kind.FILE)
        .forEach(file -> files.add(file.path()));
    return files;
  }
}
