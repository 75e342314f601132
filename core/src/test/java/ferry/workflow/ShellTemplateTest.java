package ferry.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.error.UserException;
import ferry.workflow.ShellTemplate.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellTemplateTest {
  private static final Map<String, String> VALUES =
      Map.of(
          "lr",
          "0.1",
          "word",
          "it's",
          "empty",
          "",
          "my-param",
          "relu",
          "step.value",
          "a b",
          "n",
          "-3",
          "if",
          "if",
          "list",
          "1,2",
          "dollar",
          "$x`y`\"\\");

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '~',
      textBlock =
          """
          python t.py --lr {lr}                  ¦ python t.py --lr 0.1
          python t.py --out=model-{lr}.bin       ¦ python t.py --out=model-0.1.bin
          python t.py {my-param} {step.value}    ¦ python t.py relu 'a b'
          echo {word}                            ¦ echo 'it'\\''s'
          echo {empty} x{empty}                  ¦ echo '' x''
          echo {list} {{list},x}                 ¦ echo 1,2 {'1,2',x}
          {if} x                                 ¦ 'if' x
          echo {if}                              ¦ echo 'if'
          X={lr} run                             ¦ X=0.1 run
          echo {lr}>x                            ¦ echo '0.1'>x
          echo $a{my-param}                      ¦ echo $a'relu'
          echo "$a{my-param}"                    ¦ echo "$a""relu"
          echo "{word} {dollar}"                 ¦ echo "it's \\$x\\`y\\`\\"\\\\"
          echo '{word} {dollar}'                 ¦ echo 'it'\\''s $x`y`"\\'
          echo $'\\t{lr} {word}'                 ¦ echo $'\\t''0.1'$' ''it'\\''s'$''
          echo "$(echo '{word}' {lr})"           ¦ echo "$(echo 'it'\\''s' 0.1)"
          echo "`echo '{step.value}'`"           ¦ echo "`echo 'a b'`"
          echo `echo '{dollar}'`                 ¦ echo `echo '$x\\`y\\`"\\\\'`
          echo $(( {n} - 5-{n} ))                ¦ echo $((  -3 - 5- -3 ))
          echo ${x:-{lr}} "${x:-{lr}}"           ¦ echo ${x:-0.1} "${x:-0.1}"
          [[ x == {lr} && {n} -lt 2 ]]           ¦ [[ x == '0.1' &&  -3 -lt 2 ]]
          case {lr} in {lr}) echo {word};; esac  ¦ case 0.1 in 0.1) echo 'it'\\''s';; esac
          echo {1..{lr}}                         ¦ echo {1..'0.1'}
          python -c 'd={"lr": {lr}, "b": {1}}'   ¦ python -c 'd={"lr": 0.1, "b": {1}}'
          """)
  void aValueIsQuotedAsItsSurroundingsNeed(String command, String rendered) {
    assertThat(render(command)).isEqualTo(rendered);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo ${lr} \"${lr}\" '${lr}'",
        "echo x # {unknown} it's {lr}",
        "awk '{print $1}' {} {a,b} {1..3} { x; }",
        "echo '{\"a\": 1}' {a b} {-} {.x} {x.} {1} a{2}",
        "echo \\{lr}",
        "find -exec ls {} +"
      })
  void whatIsNoPlaceholderStays(String command) {
    assertThat(render(command)).isEqualTo(command);
  }

  @Test
  void doubledBracesStandForThemselves() {
    assertThat(render("echo {{lr}} '{{x.y}}' `echo {{a}}` \"${x:-{{b}}}\""))
        .isEqualTo("echo {lr} '{x.y}' `echo {a}` \"${x:-{b\\}}\"");
  }

  @Test
  void aHeredocTakesValuesToo() {
    assertThat(render("cat <<A <<'B'\n{dollar} {lr}\nA\n{dollar}\nB\necho {word}"))
        .isEqualTo("cat <<A <<'B'\n\\$x\\`y\\`\"\\\\ 0.1\nA\n$x`y`\"\\\nB\necho 'it'\\''s'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '~',
      textBlock =
          """
          echo {v}           ¦ echo "$F"
          echo a{v}b         ¦ echo a"$F"b
          echo "a {v}b"      ¦ echo "a ${F}b"
          echo 'a {v}b'      ¦ echo 'a '"$F"'b'
          echo $'a {v}b'     ¦ echo $'a '"$F"$'b'
          echo "`echo {v}`"  ¦ echo "`echo \\"$F\\"`"
          """)
  void aValueKnownOnlyWhileRunningIsAVariable(String command, String rendered) {
    var template = ShellTemplate.parse(command);
    assertThat(template.render(_ -> Optional.of(new Value.AtRunTime("F")))).isEqualTo(rendered);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '~',
      textBlock =
          """
          echo $(( {word} ))         ¦ 10 ¦ `{word}` stands in the shell's arithmetic: expected a whole number, found `it's`
          echo "${x#{lr}}"           ¦ 11 ¦ `{lr}` cannot stand here: no value can be put here in a way that every shell reads alike
          a; (( (b) + c )); echo {lr} ¦ 0 ¦
          echo $((a)`echo {lr}`      ¦ 17 ¦ `{lr}` cannot stand here: a `((` before it is not the shell's arithmetic
          x=$((a); (b)); echo {lr}   ¦ 21 ¦ `{lr}` cannot stand here: a `((` before it is not the shell's arithmetic
          [[ "{word}" -gt 1 ]]       ¦ 5  ¦ `{word}` stands in the shell's arithmetic: expected a whole number, found `it's`
          a[{word}]=1                ¦ 3  ¦ `{word}` stands in the shell's arithmetic: expected a whole number, found `it's`
          echo "`echo {word}`"       ¦ 13 ¦ `{word}` cannot stand here: its value has special characters, and shells misread them in backquotes within double quotes
          echo "${x:-{word}}"        ¦ 12 ¦ `{word}` cannot stand here: no value can be put here in a way that every shell reads alike
          python t.py {lx}           ¦ 13 ¦ `{lx}` has no value
          """)
  void whatCannotStandIsAnErrorAtItsPlace(String command, int column, String message) {
    assertThat(failure(command)).isEqualTo(column == 0 ? "" : column + " " + message);
  }

  @Test
  void aValueThatWouldEndAHeredocIsRefused() {
    var template = ShellTemplate.parse("cat <<E\nx\n{v}\nE\n");
    assertThatThrownBy(() -> template.render(_ -> Optional.of(new Value.Known("a\nE\nrm"))))
        .hasMessage(
            "`{v}` cannot stand here: with its value the text would end early, at a line `E`");
  }

  @Test
  void anUnknownNameIsRefusedWithTheNearest() {
    assertThatThrownBy(() -> ShellTemplate.parse("a\nb {epoch}").check(List.of("epochs", "lr")))
        .isInstanceOfSatisfying(
            UserException.class,
            error -> {
              assertThat(error.error().help())
                  .containsExactly(
                      "did you mean `{epochs}`?",
                      "give it one with `--param epoch=VALUE`, or write `{{epoch}}` for the text"
                          + " `{epoch}` itself");
              assertThat(error.location().orElseThrow().toString())
                  .isEqualTo(
                      "Location[source=command, line=2, column=3, length=7, text=b {epoch}]");
            });
  }

  @Test
  void placeholdersKnowWhereTheyStand() {
    assertThat(ShellTemplate.parse("a {b} `c \\\\ {d}` <<E\n{e}\nE").placeholders())
        .containsExactly(
            new Placeholder("b", 2), new Placeholder("d", 12), new Placeholder("e", 21));
  }

  @Test
  void depthNeedsNoStack() {
    assertThat(render("echo " + "$( x ".repeat(100_000) + "{lr}")).endsWith("0.1");
    assertThat(render("cat <<A\n$(".repeat(1_000) + "{{x}}")).endsWith("x}");
    assertThat(render("`".repeat(100_000))).hasSize(100_000);
  }

  private static String failure(String command) {
    try {
      render(command);
      return "";
    } catch (UserException error) {
      return error.location().orElseThrow().column() + " " + error.getMessage();
    }
  }

  private static String render(String command) {
    return ShellTemplate.parse(command)
        .render(name -> Optional.ofNullable(VALUES.get(name)).map(Value.Known::new));
  }
}
