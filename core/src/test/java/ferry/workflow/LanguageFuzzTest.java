package ferry.workflow;

import ferry.Seeds;
import ferry.error.UserException;
import ferry.workflow.ShellTemplate.Value;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Mutated texts of every language end in a result or an error for the user, and in nothing else.
 */
class LanguageFuzzTest {
  private static final int TRIES = 20_000;

  private static final List<String> ONE_LINERS =
      List.of(
          "python prepare.py >> [python train.py relu, python train.py tanh] >> python evaluate.py",
          "a: echo \"$(date >> x)\" >> [[ -f x ] && y, [b >> c, d: $((1 >> 2))]] >> `e \\`f\\`` #"
              + " g",
          "case x in (a|b) [[ x == y ]];; esac >> cat <<EOF\n$x {lr} `y`\nEOF\n>> if a; then b; fi",
          "FOO=1 ${x:-{lr}} \"${y#'z'}\" $'\\'' <(a) &> b 2>&1 >> [a=(1 2), f() { x; }, ((i++))]",
          "python t.py --lr {lr} '{step.value}' \"{my-param}\" {{lr}} ${lr} {1..3} {a,b} 😀 é");

  private static final List<String> CONDITIONS =
      List.of(
          "{evaluate.accuracy} > 0.95 and not ({n} == 3 or '{x}' != \"y\")",
          "not not (1e-3 <= {n}) and nan == inf or -1 < +.5");

  private static final List<String> OUTPUTS =
      List.of(
          "accuracy=0.97\nlist=[\"a\", 1.5e3, true]\n",
          "[\"a\\u00e9\\n\", -1, false]",
          "1h30m500ms",
          "1.5Gi",
          "500m");

  private static final List<String> FRAGMENTS =
      List.of(
          "[", "]", "[[", "]]", ", ", ",", ">>", ">>>", "2>>", "&>>", "'", "\"", "`", "\\", "$(",
          "$((", "))", "${", "}", "{", "{{", "}}", "{x}", "(", ")", "((", "#", "\n", " ", "<<E",
          "<<-'E'", "\nE\n", "$'", "$[", "case", "esac", " in ", ";;", "if", "fi", "do", ";", "&",
          "|", "<", "=", "==", "!", "and", "not", "\0", "\ud83d", "é", "name: ", ":", "1", ".", "-",
          "e9", "\t", "\r", "\ufeff");

  @Test
  void oneLiners() {
    Seeds.each(
        TRIES,
        random -> {
          var text = mutated(ONE_LINERS, random);
          ends(() -> Dag.of(OneLiner.parse("w", text)));
        });
  }

  @Test
  void templates() {
    Seeds.each(
        TRIES,
        random -> {
          var text = mutated(ONE_LINERS, random);
          ends(() -> ShellTemplate.parse(text).check(List.of("lr")));
          ends(() ->
              ShellTemplate.parse(text).render(_ -> Optional.of(new Value.Known("a'\n\"$`\\E"))));
          ends(() -> ShellTemplate.parse(text).render(_ -> Optional.of(new Value.AtRunTime("V"))));
          ends(() -> PlainTemplate.parse(text).render(_ -> Optional.of("x")));
          ends(() -> PlainTemplate.renderKnown(text, Optional::of));
        });
  }

  @Test
  void conditions() {
    Seeds.each(
        TRIES,
        random -> {
          var text = mutated(CONDITIONS, random);
          ends(() -> Condition.parse(text).holds(Optional::of));
          ends(() -> Condition.parse(text).check(List.of("n")));
        });
  }

  @Test
  void valuesAndQuantities() {
    Seeds.each(
        TRIES,
        random -> {
          var text = mutated(OUTPUTS, random);
          ends(() -> StepValues.parse(text));
          ends(() -> JsonList.read(text));
          ends(() -> DurationText.parse("d", text));
          ends(() -> MemoryText.parse("m", text));
          ends(() -> CpuText.parse("c", text));
        });
  }

  private static void ends(Runnable reading) {
    try {
      reading.run();
    } catch (UserException refused) {
      if (refused.getMessage().isBlank()) {
        throw new AssertionError("an error without words", refused);
      }
    }
  }

  private static String mutated(List<String> texts, RandomGenerator random) {
    var text = new StringBuilder(texts.get(random.nextInt(texts.size())));
    for (int i = random.nextInt(1, 9); i > 0; i--) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + random.nextInt(12));
      switch (random.nextInt(3)) {
        case 0 -> text.insert(at, FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
        case 1 -> text.delete(at, end);
        default -> text.insert(random.nextInt(text.length() + 1), text.substring(at, end));
      }
    }
    return text.toString();
  }
}
