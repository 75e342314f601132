package ferry;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sizes, names and leftovers, in every file that git knows or would add. */
class TidyTest {

  private static final Path CHECKOUT = Path.of(System.getProperty("ferry.checkout"));
  private static final Pattern CODE = Pattern.compile(".*\\.(java|sh|py|ts|svelte|sql)");
  private static final Pattern TEXT =
      Pattern.compile("(.*\\.(java|sh|py|ts|svelte|sql|md|xml|ya?ml|toml|txt|css|html))|[^.]+");
  private static final Pattern WEAK_NAME =
      Pattern.compile(".*(Manager|Helper|Utils?|Impl|Base)\\.java");
  private static final Pattern DRAWER = Pattern.compile(".*/(common|utils?|helpers?|misc)/.*");
  private static final Pattern LEFTOVER =
      Pattern.compile(
          "\\b(TO"
              + "DO|FIX"
              + "ME|XX"
              + "X)\\b|(?<![\\w.}])/root/\\w|"
              + Pattern.quote(CHECKOUT + "/"));

  private static List<Path> files = List.of();

  @BeforeAll
  static void listFiles() throws IOException {
    var git =
        new ProcessBuilder("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
            .directory(CHECKOUT.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    files =
        Stream.of(names.split("\0"))
            .map(CHECKOUT::resolve)
            .filter(Files::isRegularFile)
            .sorted()
            .toList();
    assertThat(files).as("files that git lists in %s", CHECKOUT).hasSizeGreaterThan(10);
  }

  @Test
  void noFileIsLongerThan400Lines() throws IOException {
    var long400 = new ArrayList<String>();
    for (var file : matching(CODE)) {
      int lines = lines(file).size();
      if (lines > 400) {
        long400.add(file + ": " + lines + " lines");
      }
    }
    assertThat(long400).as("over 400 lines, look for the missing noun").isEmpty();
  }

  @Test
  void noMethodIsLongerThan40Lines() throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var sources = manager.getJavaFileObjectsFromPaths(matching(Pattern.compile(".*\\.java")));
      var task = (JavacTask) compiler.getTask(null, manager, null, List.of(), null, sources);
      var found = new ArrayList<String>();
      for (var unit : task.parse()) {
        unit.accept(new MethodLengths(unit, Trees.instance(task), found), null);
      }
      assertThat(found).as("over 40 lines").isEmpty();
    }
  }

  @Test
  void namesSayWhatATypeIs() {
    var weak = Stream.concat(matching(WEAK_NAME).stream(), matching(DRAWER).stream());
    assertThat(weak).as("a name that says nothing").isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIsForAndIsNullMarked() throws IOException {
    var without = new TreeSet<Path>();
    for (var directory : packages()) {
      var info = directory.resolve("package-info.java");
      if (!Files.exists(info)
          || !Files.readString(info).startsWith("/**")
          || !Files.readString(info).contains("\n@NullMarked\n")) {
        without.add(info);
      }
    }
    assertThat(without).as("missing, or without Javadoc or @NullMarked").isEmpty();
  }

  @Test
  void nothingIsLeftOver() throws IOException {
    var found = new ArrayList<String>();
    for (var file : matching(TEXT)) {
      var lines = lines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (LEFTOVER.matcher(lines.get(i)).find()) {
          found.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
        }
      }
    }
    assertThat(found).as("notes to self, and paths of one machine").isEmpty();
  }

  private static Set<Path> packages() {
    return files.stream()
        .filter(file -> file.toString().contains("/src/main/java/"))
        .map(Path::getParent)
        .collect(toCollection(TreeSet::new));
  }

  private static List<Path> matching(Pattern pattern) {
    return files.stream()
        .filter(file -> pattern.matcher(CHECKOUT.relativize(file).toString()).matches())
        .toList();
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
  }

  /** Counts from a method's result type to its closing brace: annotations are often tables. */
  private static final class MethodLengths extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final Trees trees;
    private final List<String> found;

    MethodLengths(CompilationUnitTree unit, Trees trees, List<String> found) {
      this.unit = unit;
      this.trees = trees;
      this.found = found;
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      var positions = trees.getSourcePositions();
      long end = positions.getEndPosition(unit, method);
      if (end >= 0) {
        var start = method.getReturnType() == null ? method : method.getReturnType();
        long first = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, start));
        long lines = unit.getLineMap().getLineNumber(end) - first + 1;
        if (lines > 40) {
          var where = Path.of(unit.getSourceFile().toUri()) + ":" + first;
          found.add(where + ": " + method.getName() + " has " + lines + " lines");
        }
      }
      return super.visitMethod(method, null);
    }
  }
}
