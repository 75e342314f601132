package ferry.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ferry.Seeds;
import ferry.error.UserException;
import ferry.workflow.ShellTemplate.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile values at every kind of place, each printed by the real shells as exactly itself. */
class RealShellTest {
  private static final int BATCH = 300;

  /** Prints the number of its arguments and each of them. */
  private static final String SHOW =
      "unset HOM nope\n"
          + "show() { printf '%s\\036' \"$#\"; for a in \"$@\"; do printf '%s\\036' \"$a\"; done;"
          + " }\n";

  /** Each shows its value between an `a` and a `z`, as one argument. */
  private static final List<String> POSIX =
      List.of(
          "show a{v}z",
          "v={v}; show \"a${v}z\"",
          "v=a{v}; show \"${v}z\"",
          "show \"a{v}z\"",
          "show 'a{v}z'",
          "show a\"{v}\"'z'",
          "show a\\\n{v}z",
          "show \"$HOM\"a{v}z",
          "show \"a$HOM{v}z\"",
          "show a$HOM{v}z",
          "show \"$(printf %s a{v}z)\"",
          "show \"$(printf %s \"a{v}z\")\"",
          "show \"$(printf %s 'a{v}z' # it's {v}\n)\"",
          "show \"`printf %s a{v}z`\"",
          "show \"`printf %s \"a{v}z\"`\"",
          "show \"`printf %s \\\"a{v}z\\\"`\"",
          "show \"`printf %s 'a{v}z'`\"",
          "v=`printf %s \"a{v}z\"`; show \"$v\"",
          "v=`printf %s \\`printf %s \"a{v}z\" | od -An -tx1 | tr -d ' \\\\n'\\` >/dev/null; printf"
              + " %s 'a{v}z'`; show \"$v\"",
          "show ${nope:-a{v}z}",
          "show ${nope-\"a{v}z\"}",
          "show \"${nope:-a{v}z}\"",
          "show \"${nope:-$(printf %s \"a{v}z\")}\"",
          "show \"$(cat <<EOF\na{v}z\nEOF\n)\"",
          "show \"$(cat <<'EOF'\na{v}z\nEOF\n)\"",
          "show \"$(cat <<-\"EOF\"\n\ta{v}z\n\tEOF\n)\"",
          "show \"$(cat <<EOF {v}z >/dev/null\nEOF\nprintf %s a{v}z)\" 2>&1",
          "show \"$(cat <<EOF\n$(printf %s 'a{v}z')\nEOF\n)\"",
          "show \"$(cat <<EOF\n`printf %s 'a{v}z'`\nEOF\n)\"",
          "case a{v}z in a{v}z) show a{v}z;; esac",
          "show \"$(case x in (y) :;; x) printf %s a{v}z;; esac)\"",
          "show \"$(case x in\n x|y) if :; then printf %s a{v}z; fi esac)\"",
          "for i in a{v}z; do show \"$i\"; done",
          "f() { show a{v}z; }; f",
          "{ show a{v}z; }",
          "(show a{v}z)",
          "if show a{v}z; then :; fi",
          "show a{v}z>&1",
          "show 2>/dev/null a{v}z",
          "x=$((3 + (2 << 1))); show a{v}z # {v} don't",
          "v=x; show a{v}${v#{v}x}z | sed 's/xz/z/;$s/z$/z/'",
          "show \"a\"{v}'z'",
          "! show a{v}z");

  private static final List<String> BASH =
      List.of(
          "show $'a{v}z'",
          "show $'a'{v}$'z'",
          "show $'a\\'{v}z' | sed \"1s/a'/a/\"",
          "show $\"a{v}z\"",
          "[[ a{v}z == a{v}z ]] && show a{v}z",
          "[[ a{v}z = \"a{v}z\" && ! a{v}z != 'a{v}z' && x < y ]] && show a{v}z",
          "[[ \"a{v}z\" =~ ^a{v}z$ ]] && show a{v}z",
          "b=(x a{v}z); show \"${b[1]}\"",
          "show a{v}z <<<{v}",
          "((x = 1 << 2)); show a{v}z",
          "for ((i = 0; i < 1; i++)); do show a{v}z; done",
          "show a{v}z < <(printf %s {v})",
          "cat <<< a{v}z | { IFS= read -r -d '' x; show \"${x%?}\"; }",
          "function g { show a{v}z; }; g",
          "show a{v}z &> y; cat y");

  private static final List<String> INNERMOST =
      List.of(
          "printf %s a{v}z",
          "printf %s \"a{v}z\"",
          "printf %s 'a{v}z'",
          "printf %s a'{v}'\"z\"",
          "printf %s ${nope-a{v}z}",
          "v=a{v}z; printf %s \"$v\"",
          "cat <<EOF\na{v}z\nEOF",
          "cat <<'EOF'\na{v}z\nEOF");

  private static final List<String> FRAGMENTS =
      List.of(
          "'",
          "\"",
          "\\",
          "$",
          "`",
          "$(touch x)",
          "<(touch x)",
          ">(touch x)",
          "\\\n",
          "${HOME}",
          "$HOME",
          "`id`",
          "!",
          "!!",
          "*",
          "?",
          "[a]",
          "~",
          "#",
          " ",
          "\n",
          "\t",
          "-n",
          "-",
          "é",
          "😀",
          ";",
          "&",
          "|",
          "<",
          ">",
          "(",
          ")",
          "{",
          "}",
          "{v}",
          "{{v}}",
          "=",
          "%s",
          "\\n",
          "EOF",
          "\nEOF\n",
          "a",
          "z",
          "0",
          "if",
          "]]",
          "''",
          "x=1",
          "\r",
          "\u0001",
          "\u007f",
          "../",
          ",",
          "^",
          "a[$(id)]");

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"bash", "dash"})
  void everyShellPrintsExactlyTheValue(String shell) {
    assumeTrue(Files.exists(Path.of("/bin", shell)), shell + " is not here");
    var contexts = new ArrayList<>(POSIX);
    contexts.addAll(shell.equals("bash") ? BASH : List.of());
    Seeds.each(
        20,
        random -> {
          var cases = new ArrayList<Case>();
          while (cases.size() < BATCH) {
            var context = contexts.get(random.nextInt(contexts.size()));
            attempt(context, value(random), random.nextInt(4) == 0).ifPresent(cases::add);
          }
          checkAll(shell, cases);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "dash"})
  void everyShellPrintsExactlyTheValueHoweverCommandsAreNested(String shell) {
    assumeTrue(Files.exists(Path.of("/bin", shell)), shell + " is not here");
    Seeds.each(
        20,
        random -> {
          var cases = new ArrayList<Case>();
          while (cases.size() < BATCH) {
            var context = "show \"$(" + nested(random, random.nextInt(5)) + "\n)\"";
            attempt(context, value(random), random.nextInt(4) == 0).ifPresent(cases::add);
          }
          checkAll(shell, cases);
        });
  }

  /**
   * A command that prints the value between an `a` and a `z`, within others so many levels deep.
   */
  private static String nested(RandomGenerator random, int depth) {
    if (depth == 0) {
      return INNERMOST.get(random.nextInt(INNERMOST.size()));
    }
    var inner = nested(random, depth - 1);
    return switch (random.nextInt(14)) {
      case 0 -> "(" + inner + "\n)";
      case 1 -> "{ " + inner + "\n}";
      case 2 -> "if ! false; then " + inner + "\nfi";
      case 3 -> "case x in y) ;; (x|z) " + inner + "\nesac";
      case 4 -> "for i in 1; do case $i in 1) " + inner + "\nesac done";
      case 5 -> "printf %s \"$(" + inner + "\n)\"";
      case 6 -> "printf %s \"`" + ShellTemplate.escaped(inner, "\\`\"") + "\n`\"";
      case 7 -> "v=`" + ShellTemplate.escaped(inner, "\\`") + "\n`; printf %s \"$v\"";
      case 8 -> "cat <<E" + depth + "\n$(" + inner + "\n)\nE" + depth;
      case 9 -> "# about {v};\n" + inner;
      case 10 -> "f() { " + inner + "\n}; f";
      case 11 -> "x=$(( (1 + ${#HOM}) << 1 )); " + inner;
      case 12 -> "printf %s ${nope:-\"$(" + inner + "\n)\"}";
      default -> "while :; do " + inner + "\nbreak; done";
    };
  }

  private record Case(String context, String value, boolean atRunTime, String script) {
    String expected() {
      return "1\036a" + value + "z\036";
    }
  }

  /** Empty where the value is refused. */
  private static Optional<Case> attempt(String context, String value, boolean atRunTime) {
    Value given = atRunTime ? new Value.AtRunTime("FERRY_V") : new Value.Known(value);
    try {
      var rendered = ShellTemplate.parse(context).render(_ -> Optional.of(given));
      var variable = "FERRY_V='" + value.replace("'", "'\\''") + "'; export FERRY_V\n";
      return Optional.of(new Case(context, value, atRunTime, variable + rendered));
    } catch (UserException refused) {
      return Optional.empty();
    }
  }

  private void checkAll(String shell, List<Case> cases) throws Exception {
    var script = new StringBuilder(SHOW);
    cases.forEach(one -> script.append(one.script).append("\nprintf '\\035'\n"));
    var shown = run(shell, script.toString()).split("\035", -1);
    for (int i = 0; i < cases.size(); i++) {
      var one = cases.get(i);
      var found = i < shown.length ? shown[i] : "nothing";
      if (!found.equals(one.expected()) && isReadable(shell, one.context)) {
        assertThat(found).as("%s", one).isEqualTo(one.expected());
      }
    }
  }

  /**
   * Some nestings bash cannot read at all (quotes in backquotes in double quotes), whatever the
   * value.
   */
  private boolean isReadable(String shell, String context) throws Exception {
    var plain = SHOW + context.replace("{v}", "0");
    return run(shell, plain).equals("1\036a0z\036");
  }

  private static String value(RandomGenerator random) {
    var value = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      value.append(FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
    }
    return value.toString();
  }

  private String run(String shell, String script) throws IOException, InterruptedException {
    var file = Files.writeString(directory.resolve("script"), script);
    var builder =
        new ProcessBuilder("/bin/" + shell, file.toString()).directory(directory.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    var shown = directory.resolve("shown");
    builder.redirectOutput(shown.toFile());
    var process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return new String(Files.readAllBytes(shown), StandardCharsets.UTF_8);
  }
}
