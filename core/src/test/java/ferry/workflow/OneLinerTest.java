package ferry.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.error.UserException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneLinerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          python hello.py >> python world.py                  | hello, world<hello
          a>>b>>c                                             | a, b<a, c<b
          a >> [b, c] >> d                                    | a, b<a, c<a, d<b+c
          [a, b] >> [c, d]                                    | a, b, c<a+b, d<a+b
          [a >> b, c] >> d                                    | a, b<a, c, d<b+c
          [[a, b] >> c, [d >> [e, f]]] >> g                   | a, b, c<a+b, d, e<d, f<d, g<c+e+f
          a >> [[b, c],d] >> e                                | a, b<a, c<a, d<a, e<b+c+d
          [ a , b ]                                           | a, b
          [a]>>b                                              | a, b<a
          one: echo hi >> two: echo ho                        | one, two<one
          a >> [x: b, y: c >> z: d]                           | a, x<a, y<a, z<y
          """)
  void stepsFollowArrowsAndBranches(String text, String steps) {
    assertThat(shape(text)).isEqualTo(steps);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          python prepare.py                                      | prepare
          python -u -W ignore data/prepare.v2.py --x             | prepare-v2
          python3.11 -m pkg.train --x                            | train
          python -c 'print(1)'                                   | python
          bash run.sh                                            | run
          ./build.sh                                             | build
          FOO=1 BAR="a b" python a.py                            | a
          echo hi                                                | echo
          cd src && python train.py                              | train
          [ -f x ] && python train.py                            | train
          uv run python train.py                                 | train
          uv run train.py                                        | train
          timeout 10m python train.py                            | train
          env A=1 python train.py                                | train
          accelerate launch --num_processes 2 train.py           | train
          torchrun --nproc_per_node=2 train.py                   | train
          /usr/bin/make -j4                                      | make
          "$HOME/bin/tool"                                       | tool
          'my tool.sh' x                                         | my-tool
          Rscript plot.R                                         | plot
          (cd a && make)                                         | make
          : > done                                               | step
          cd src                                                 | cd
          """)
  void aStepIsNamedAfterWhatItRuns(String text, String name) {
    assertThat(OneLiner.parse("w", text).steps().getFirst().name()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          [python train.py relu, python train.py tanh]                   | train-relu, train-tanh
          [python train.py --a relu, python train.py --a tanh]           | train-relu, train-tanh
          [python train.py --a=relu, python train.py --a=tanh]           | train-relu, train-tanh
          [python train.py --lr 0.1, python train.py --lr 0.2]           | train-0-1, train-0-2
          [python train.py, python train.py x]                           | train, train-2
          [python a/run.py, python b/run.py, echo]                       | run, run-2, echo
          true >> true >> true-2: true                                   | true, true-3<true, true-2<true-3
          """)
  void stepsThatRunTheSameAreToldApart(String text, String names) {
    assertThat(shape(text)).isEqualTo(names);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          echo 'a >> b'                          >> c  | echo 'a >> b'
          echo "a >> $(b >> c) [x, y]"           >> c  | echo "a >> $(b >> c) [x, y]"
          echo a \\>\\> b                        >> c  | echo a \\>\\> b
          echo $(date >> log)                    >> c  | echo $(date >> log)
          echo `date >> log`                     >> c  | echo `date >> log`
          echo ${x:->>}                          >> c  | echo ${x:->>}
          echo $'it\\'s >> x'                    >> c  | echo $'it\\'s >> x'
          echo $((8 >> 1))                       >> c  | echo $((8 >> 1))
          ((x = 8 >> 1))                         >> c  | ((x = 8 >> 1))
          [ -f x ] && echo y                     >> c  | [ -f x ] && echo y
          [[ -f x && y == [ab] ]] && echo y      >> c  | [[ -f x && y == [ab] ]] && echo y
          [ "$x" = y ] && exit                   >> c  | [ "$x" = y ] && exit
          [ "$x" ] && exit                       >> c  | [ "$x" ] && exit
          [ ! -e x ] && exit                     >> c  | [ ! -e x ] && exit
          echo [a, b]                            >> c  | echo [a, b]
          ls data[0-9].csv a,b                   >> c  | ls data[0-9].csv a,b
          curl http://x/y: z                     >> c  | curl http://x/y: z
          http://x                               >> c  | http://x
          case x in a) echo b;; (c) d;; esac     >> c  | case x in a) echo b;; (c) d;; esac
          if a; then b; fi                       >> c  | if a; then b; fi
          echo a#b ${#x} $#                      >> c  | echo a#b ${#x} $#
          """)
  void whatTheShellQuotesOrGroupsStaysInTheCommand(String text, String first) {
    var unquoted = text.replace("~", "");
    assertThat(commands(unquoted)).containsExactly(first.replace("~", ""), "c");
  }

  @Test
  void aBranchKeepsItsTestsItsGlobsAndItsCommasWithoutSpace() {
    assertThat(
            commands(
                "[ [ -f x ] && echo, [[ -f x ]], python a.py data[0].csv --l 1,2, [ -n \"$y\" ] &&"
                    + " b]"))
        .containsExactly(
            "[ -f x ] && echo",
            "[[ -f x ]]",
            "python a.py data[0].csv --l 1,2",
            "[ -n \"$y\" ] && b");
  }

  @Test
  void pipesBelongToTheCommand() {
    assertThat(commands("(a; b) 2>&1 | tee -a log || c >> d"))
        .containsExactly("(a; b) 2>&1 | tee -a log || c", "d");
  }

  @Test
  void anEmptyCommandIsRefused() {
    assertThatThrownBy(() -> OneLiner.parse("w", "")).hasMessage("the command is empty");
    assertThatThrownBy(() -> OneLiner.parse("w", " \n\t")).hasMessage("the command is empty");
  }

  @Test
  void aHeredocStaysInItsCommand() {
    assertThat(commands("[cat <<'E' | x\na >> b, ]\nE\n, cat <<-F\n\t$(\n\tF\n] >> c"))
        .containsExactly("cat <<'E' | x\na >> b, ]\nE", "cat <<-F\n\t$(\n\tF", "c");
  }

  @Test
  void newLinesMayStandAroundArrows() {
    assertThat(commands("\n a\n>>\n b \n")).containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          >> a|1+2|there is no command before this `>>`
          a >>|3+2|there is no command after this `>>`
          a >> >> b|6+2|there is no command between the `>>` before and this one
          a >>>> b|3+3|`>>>` cannot stand here: `>>` leads to the next step
          a >>> b|3+3|`>>>` cannot stand here: `>>` leads to the next step
          a 2>> b|3+3|`2>>` cannot stand here: `>>` leads to the next step
          a 1>>b|3+3|`1>>` cannot stand here: `>>` leads to the next step
          a &>> b|3+3|`&>>` cannot stand here: `>>` leads to the next step
          [a, b|1+1|this `[` opens branches and is never closed
          x >> [a, [b, c]|6+1|this `[` opens branches and is never closed
          [a >>|4+2|there is no command after this `>>`
          [|1+1|this `[` opens branches and is never closed
          [a,|1+1|this `[` opens branches and is never closed
          a, b]|5+1|this `]` closes nothing
          [a]]|4+1|this `]` closes nothing
          ]|1+1|this `]` closes nothing
          []|2+1|this branch is empty: expected a command
          [a, ]|5+1|this branch is empty: expected a command
          [, a]|2+1|this branch is empty: expected a command
          [a >> ]|4+2|there is no command after this `>>`
          [>> a]|2+2|there is no command before this `>>`
          [a b] more x|7+4|expected `>>`, `,`, `]` or the end after branches, found `more`
          é 'x|3+1|this `'` is never closed: expected `'`
          😀 "x $(y|6+2|this `$(` is never closed: expected `)`
          a `b|3+1|this ``` is never closed: expected ```
          a ${b|3+2|this `${` is never closed: expected `}`
          (a|1+1|this `(` is never closed: expected `)`
          a )|3+1|this `)` closes nothing
          (a >> b)|4+2|this `>>` stands inside `(`, where no step can end
          if x; then a >> b; fi|14+2|this `>>` stands inside `if`, where no step can end
          { a; b >> c; }|8+2|this `>>` stands inside `{`, where no step can end
          a # b >> c|3+1|`#` starts a comment here, and the `>>` in it would lead nowhere
          x: >> a|1+2|step `x` has no command
          x:|1+2|step `x` has no command
          x: [a, b]|1+2|`x:` names one command, and branches follow
          x: a >> x: b|9+1|two steps are named `x`
          """)
  void anErrorNamesItsPlace(String text, String place, String message) {
    assertThatThrownBy(() -> OneLiner.parse("w", text))
        .isInstanceOfSatisfying(
            UserException.class,
            error -> {
              assertThat(error.error().message()).isEqualTo(message);
              var at = error.location().orElseThrow();
              assertThat(at.column() + "+" + at.length()).isEqualTo(place);
              assertThat(at.source()).isEqualTo("command");
            });
  }

  @Test
  void anErrorOnALaterLineNamesTheLine() {
    assertThatThrownBy(() -> OneLiner.parse("w", "a >>\n  b 'c"))
        .isInstanceOfSatisfying(
            UserException.class,
            error ->
                assertThat(error.location().orElseThrow().toString())
                    .isEqualTo(
                        "Location[source=command, line=2, column=5, length=1, text=  b 'c]"));
  }

  @Test
  void depthAndLengthNeedNoStackAndLittleTime() {
    var deep = "[".repeat(100_000) + "a" + "]".repeat(100_000) + " >> b";
    assertThat(OneLiner.parse("w", deep).steps()).hasSize(2);
    assertThat(OneLiner.parse("w", "a" + " >> a".repeat(100_000)).steps()).hasSize(100_001);
    assertThat(OneLiner.parse("w", "echo " + "$(".repeat(100_000) + ")".repeat(100_000)).steps())
        .hasSize(1);
    assertThatThrownBy(() -> OneLiner.parse("w", "[".repeat(1_000_000)))
        .isInstanceOf(UserException.class);
    assertThatThrownBy(() ->
            OneLiner.parse("w", "[a" + ", a".repeat(2_000) + "] >> [b" + ", b".repeat(2_000) + "]"))
        .hasMessageContaining("1000000");
  }

  private static List<String> commands(String text) {
    return OneLiner.parse("w", text).steps().stream()
        .map(step -> ((Command.Shell) step.command()).script())
        .toList();
  }

  private static String shape(String text) {
    return OneLiner.parse("w", text).steps().stream()
        .map(step ->
            step.name() + (step.after().isEmpty() ? "" : "<" + String.join("+", step.after())))
        .collect(Collectors.joining(", "));
  }
}
