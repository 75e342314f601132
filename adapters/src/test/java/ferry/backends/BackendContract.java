package ferry.backends;

import static ferry.backends.ContractPlace.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.run.RunStatus;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every place to run does alike: all that the command language and {@code ferry.yaml} say, how
 * steps end, and what becomes of them when the server dies. A place that passes needs no tests of
 * its own for any of it.
 */
abstract class BackendContract extends LanguageContract {

  @Test
  void finallyRunsWhateverBecameOfTheOthers() {
    var run =
        place.file(
            """
            name: last
            steps:
              a: exit 3
              b: {after: a, run: echo never}
            finally: {report: 'echo $FERRY_RUN_STATE'}
            """);

    var ended = place.ended(run);
    assertThat(ended.summary().status()).isEqualTo(RunStatus.FAILED);
    assertThat(step(ended, "b").state()).isEqualTo("skipped");
    assertThat(place.log(run, "report")).isEqualTo("failed\n");
  }

  @Test
  void anExitStatusIsTold() {
    var run = place.oneLiner("a: echo out of luck; exit 7");

    var attempt = step(place.ended(run), "a").attempts().getFirst();
    assertThat(attempt.exitCode()).hasValue(7);
    assertThat(attempt.reason()).isEqualTo("exit status 7");
    assertThat(place.log(run, "a")).isEqualTo("out of luck\n");
  }

  @Test
  void aFailureSaysWhatTheCommandSaidLast() {
    var run = place.oneLiner("a: echo 'ValueError: no column `age`' >&2; exit 1");

    assertThat(reason(step(place.ended(run), "a")))
        .isEqualTo("ValueError: no column `age` (exit status 1)");
  }

  @Test
  void aCommandThatIsNotThereIsNamed() {
    var run = place.oneLiner("a: no-such-program --lr 1");

    assertThat(reason(step(place.ended(run), "a")))
        .startsWith("command not found")
        .contains("`no-such-program`");
  }

  @Test
  void aFailedAttemptIsFollowedByAnother() {
    var run =
        place.file(
            """
            name: again
            steps:
              a:
                run: 'echo attempt $FERRY_ATTEMPT; echo x >> $FERRY_CHECKPOINT_DIR/tries;
                  test $(wc -l < $FERRY_CHECKPOINT_DIR/tries) -eq 2'
                retries: 2
            """);

    var ended = place.ended(run);
    assertSucceeded(ended);
    assertThat(step(ended, "a").attempts()).hasSize(2);
    assertThat(place.log(run, "a", 2)).isEqualTo("attempt " + run + "/a/2\n");
  }

  @Test
  void aStepHasItsTime() {
    var run = place.file("{name: slow, steps: {a: {run: 'echo begun; sleep 60', timeout: 2s}}}");

    assertThat(reason(step(place.ended(run), "a"))).isEqualTo("ran longer than its timeout of 2s");
    assertThat(place.log(run, "a")).startsWith("begun\n");
  }

  @Test
  void aRunThatIsStoppedStopsItsSteps() {
    var run =
        place.oneLiner(
            "a: trap 'echo asked; exit 0' TERM; echo begun; while :; do sleep 0.1; done >> b: echo"
                + " b");
    place.awaitLog(run, "a", "begun");

    place.stop(run);

    var ended = place.ended(run);
    assertThat(step(ended, "b").state()).isEqualTo("stopped");
    assertThat(ended.summary().status()).isIn(RunStatus.STOPPED, RunStatus.SUCCEEDED);
    // A shell may add that what it waited for was terminated.
    assertThat(place.log(run, "a")).startsWith("begun\n").contains("asked\n");
  }

  @Test
  void whatAProgramBelowAShellSavesOnceItIsAskedToEndIsSaved() {
    var run =
        place.oneLiner(
            "a: sh -c 'trap \"sleep 1; echo saved; exit\" TERM; echo begun; while :; do sleep 0.1;"
                + " done'; echo never");
    place.awaitLog(run, "a", "begun");

    place.stop(run);

    assertThat(place.ended(run).summary().status()).isEqualTo(RunStatus.STOPPED);
    assertThat(place.log(run, "a")).contains("saved\n").doesNotContain("never");
  }

  @Test
  void whatDoesNotListenIsStoppedToo() {
    var run = place.oneLiner("a: trap '' TERM; echo begun; sleep 60");
    place.awaitLog(run, "a", "begun");

    place.stop(run);

    assertThat(place.ended(run).summary().status()).isEqualTo(RunStatus.STOPPED);
  }

  @Test
  void aStoppedRunDoesItsFinally() {
    var run =
        place.file(
            """
            name: halted
            steps:
              a: echo begun; sleep 60
              b: {after: a, run: echo never}
            finally: {report: echo $FERRY_RUN_STATE}
            """);
    place.awaitLog(run, "a", "begun");

    place.stop(run);

    var ended = place.ended(run);
    assertThat(ended.summary().status()).isEqualTo(RunStatus.STOPPED);
    assertThat(step(ended, "report").state()).isEqualTo("succeeded");
    assertThat(place.log(run, "report")).isEqualTo("stopped\n");
  }

  @Test
  void aRetryOfAStoppedRunFindsWhatItsStepsLeft() {
    var run = place.oneLiner("a: test -f went || { touch went; echo begun; sleep 60; }");
    place.awaitLog(run, "a", "begun");
    place.stop(run);
    assertThat(place.ended(run).summary().status()).isEqualTo(RunStatus.STOPPED);

    place.retry(run);

    assertSucceeded(place.ended(run));
  }

  @Test
  void aRetryGoesOnFromWhatFailed() {
    var run =
        place.oneLiner(
            "a: echo ran | tee -a a.ran >> b: test -f b.ran || { touch b.ran; exit 3; } >> c: cat"
                + " a.ran");
    assertThat(place.ended(run).summary().status()).isEqualTo(RunStatus.FAILED);

    place.retry(run);

    var ended = place.ended(run);
    assertSucceeded(ended);
    int last = step(ended, "c").attempts().getLast().number();
    assertThat(place.log(run, "c", last)).isEqualTo("ran\n");
  }

  @Test
  void whatWasPromisedMustBeThere() {
    var run = place.file("{name: promise, steps: {a: {run: echo done, outputs: [model.onnx]}}}");

    assertThat(reason(step(place.ended(run), "a")))
        .isEqualTo("it ended well, but did not make `model.onnx`, which its `outputs` promise");
  }

  @Test
  void whatWasPromisedIsKept() {
    var run =
        place.file(
            """
            name: kept
            steps:
              a:
                run: mkdir -p out; printf 12345 > out/b.bin; printf 'no line feed' | tee 'a b.txt'
                outputs: [out, 'a*.txt']
            """);

    assertSucceeded(place.ended(run));
    assertThat(place.outputs(run, "a")).containsExactlyInAnyOrder("a b.txt 12", "out/b.bin 5");
    assertThat(place.log(run, "a")).isEqualTo("no line feed");
  }

  @Test
  void tooManyValuesFailTheStep() {
    var run = place.oneLiner("a: printf 'x=%05000d\\n' 7 > \"$FERRY_OUTPUT\"");

    assertThat(reason(step(place.ended(run), "a")))
        .isEqualTo(
            "the step put out 5003 bytes of values, and at most 4000 are taken; write large results"
                + " to a file and put out its name");
  }

  @Test
  void aSecretIsThereAndIsNotShown() {
    var run =
        place.file(
            """
            name: secret
            steps:
              a:
                run: 'echo "it is $TOKEN, of ${#TOKEN} letters"'
                secrets: {TOKEN: {secret: warehouse, key: token}}
            """);

    assertSucceeded(place.ended(run));
    assertThat(place.log(run, "a")).isEqualTo("it is ***, of 14 letters\n");
  }

  @Test
  void aSecretThatIsPutOutIsRefused() {
    var run =
        place.file(
            """
            name: leak
            steps:
              a:
                run: 'echo "n=1" >> "$FERRY_OUTPUT"; echo "db=me:$TOKEN@here" >> "$FERRY_OUTPUT"'
                secrets: {TOKEN: {secret: warehouse, key: token}}
              b: {after: a, run: 'echo {a.db}'}
            """);

    var ended = place.ended(run);
    assertThat(reason(step(ended, "a")))
        .isEqualTo(
            "`db` in $FERRY_OUTPUT holds the value of the secret `TOKEN`; it was not kept, for"
                + " values are stored and shown: put out a name or a path, and let the step that"
                + " needs the secret take it itself, under `secrets`");
    assertThat(step(ended, "b").state()).isEqualTo("skipped");
  }

  @Test
  void aParameterThatHoldsASecretIsRefusedBeforeAnythingIsMadeOrShown() {
    var yaml =
        """
        name: shown
        params: {url: 'db://me:hunter2hunter2@here'}
        steps:
          a: {run: 'true', secrets: {TOKEN: {secret: warehouse, key: token}}}
        """;
    var words =
        "parameter `url` holds the value of the secret `TOKEN`, and parameters are stored and"
            + " shown";

    assertThatThrownBy(() -> place.file(yaml)).hasMessage(words);
    assertThatThrownBy(() -> place.previewOfFile(yaml)).hasMessage(words);
  }

  @Test
  void aSecretOfAnotherStepIsRefusedToo() {
    var run =
        place.file(
            """
            name: passed
            steps:
              a: {run: 'echo $TOKEN > t.txt', secrets: {TOKEN: {secret: warehouse, key: token}}}
              b: {after: a, run: 'echo "x=$(cat t.txt)" >> "$FERRY_OUTPUT"'}
            """);

    assertThat(reason(step(place.ended(run), "b")))
        .startsWith("`x` in $FERRY_OUTPUT holds the value of the secret `TOKEN`; it was not kept");
  }

  @Test
  void namesMayBeLongAndOfAnyScript() {
    var name = "x".repeat(70);
    var run =
        place.oneLiner("[훈련: echo 하나, " + name + ": echo two, Train: echo a] >> train: echo b");

    assertSucceeded(place.ended(run));
    assertThat(place.log(run, "훈련")).isEqualTo("하나\n");
    assertThat(place.log(run, name)).isEqualTo("two\n");
    assertThat(place.log(run, "Train") + place.log(run, "train")).isEqualTo("a\nb\n");
  }

  @Test
  void aCommandMayBeLong() {
    var text = "y".repeat(100_000);
    var run = place.file("{name: long, steps: {a: 'x=" + text + "; echo ${#x}'}}");

    assertSucceeded(place.ended(run));
    assertThat(place.log(run, "a")).isEqualTo("100000\n");
  }

  @Test
  void noLineOfALogIsLostOrTwice() {
    var run =
        place.oneLiner(
            "a: i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i + 1)); done; printf"
                + " '%040000d\\n' 7; printf end");

    var lines =
        IntStream.range(0, 3000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    assertSucceeded(place.ended(run));
    assertThat(place.log(run, "a")).isEqualTo(lines + "0".repeat(39_999) + "7\nend");
  }

  @Test
  void aStepRunsOnceThoughTheServerDied() throws Exception {
    var run =
        place.oneLiner(
            "a: echo ran | tee -a runs.a; for i in 1 2 3 4 5 6; do echo tick $i; sleep 1; done; cat"
                + " runs.a >> b: echo b");
    place.awaitLog(run, "a", "tick 2");

    place.restart();

    assertSucceeded(place.ended(run));
    assertThat(place.log(run, "a"))
        .isEqualTo("ran\ntick 1\ntick 2\ntick 3\ntick 4\ntick 5\ntick 6\nran\n");
  }

  @Test
  void whatEndedWhileNoServerWasThereIsKnownAfterwards() throws Exception {
    var run = place.oneLiner("a: echo begun; sleep 2; exit 5");
    place.awaitLog(run, "a", "begun");

    place.restart();

    assertThat(step(place.ended(run), "a").attempts().getFirst().exitCode()).hasValue(5);
  }

  @Test
  void aRunThatWasJustSubmittedIsNotLost() throws Exception {
    var run = place.oneLiner("a: echo ran | tee -a once.a >> b: cat once.a");

    place.restart();

    assertSucceeded(place.ended(run));
    assertThat(place.log(run, "b")).isEqualTo("ran\n");
  }
}
