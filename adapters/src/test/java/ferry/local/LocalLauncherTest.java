package ferry.local;

import static ferry.local.LocalPlace.bash;
import static ferry.local.LocalPlace.reason;
import static ferry.local.LocalPlace.spec;
import static ferry.local.LocalPlace.with;
import static org.assertj.core.api.Assertions.assertThat;

import ferry.run.AttemptId;
import ferry.run.Outcome;
import ferry.run.RunEvent.Ended;
import ferry.run.RunEvent.Started;
import ferry.workflow.Command;
import ferry.workflow.Resources;
import ferry.workflow.StepFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalLauncherTest {
  @TempDir Path place;
  LocalPlace local;

  @BeforeEach
  void open() throws IOException {
    local = new LocalPlace(place);
  }

  @AfterEach
  void close() throws IOException {
    local.close();
  }

  @Test
  void anAttemptStartsAndEndsWithWhatItUsed() throws Exception {
    var plan = local.plan();
    local.launcher.launch(plan, bash(plan, "echo hello"));
    assertThat(local.next()).isInstanceOf(Started.class);
    var ended = (Ended) local.next();
    assertThat(ended.outcome()).isEqualTo(Outcome.Succeeded.PLAIN);
    assertThat(ended.usage().cpuSeconds()).isPresent();
    assertThat(ended.usage().peakMemoryBytes()).isNotEqualTo(OptionalLong.of(0));
    assertThat(local.log(plan)).isEqualTo("hello\n");
  }

  @Test
  void aStepFindsItsDirectoryAndItsVariables() throws Exception {
    local.environment.put("MINE", "from the shell");
    local.environment.put("FERRY_PARAM_OTHER", "of a run around this one");
    var plan = local.plan();
    var script =
        "pwd; echo $MINE,$FERRY_RUN,$FERRY_STEP,$FERRY_ATTEMPT,$FERRY_PARAM_LR,$FERRY_URL;"
            + "echo ${FERRY_PARAM_OTHER-none}; test -d $FERRY_CHECKPOINT_DIR && echo there";
    local.run(plan, bash(plan, script));
    assertThat(local.log(plan))
        .isEqualTo(
            local.work
                + "\nfrom the shell,"
                + plan.id()
                + ",train,"
                + plan.id()
                + "/train/1,0.1,http://127.0.0.1:1\nnone\nthere\n");
  }

  @Test
  void theArgumentsOfACommandAreExactlyThose() throws Exception {
    var plan = local.plan();
    local.run(plan, spec(plan, new Command.Exec(List.of("printf", "[%s]", "a b", "$HOME", "*"))));
    assertThat(local.log(plan)).isEqualTo("[a b][$HOME][*]");
  }

  @Test
  void valuesAreReadFromTheOutputFile() throws Exception {
    assertThat(
            local.run("echo accuracy=0.97 >> $FERRY_OUTPUT; echo list='[1, 2]' >> $FERRY_OUTPUT"))
        .isEqualTo(new Outcome.Succeeded(Map.of("accuracy", "0.97", "list", "[1, 2]"), false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          exit 3 | exit status 3
          nonsense --x | command not found: `nonsense` (exit status 127)
          hello.py | command not found: `hello.py`: a Python file is run with `python hello.py` (exit status 127)
          echo x > f.py; ./f.py | no permission to run `./f.py`: a Python file is run with `python ./f.py` (exit status 126)
          kill -SEGV $$ | was ended by signal SIGSEGV, a bad memory access
          echo x > f; ./f | no permission to run `./f` (exit status 126)
          python3 -c 'import nonsense' | Python has no module `nonsense`: name its package in the file of `requirements`, or install it where you typed the command (exit status 1)
          python3 -c 'raise ValueError("no such data")' | ValueError: no such data (exit status 1)
          head -c 5000 /dev/zero > $FERRY_OUTPUT | the step put out 5000 bytes of values, and at most 4000 are taken; write large results to a file and put out its name
          echo what > $FERRY_OUTPUT | the step put out `what`: expected `name=value`; write lines like `echo "accuracy=0.97" >> "$FERRY_OUTPUT"`
          """)
  void theReasonOfAFailureIsSaidInWords(String script, String words) throws Exception {
    assertThat(reason(local.run(script))).isEqualTo(words);
  }

  @Test
  void aProgramThatIsNotThereCannotStart() throws Exception {
    var plan = local.plan();
    var outcome = local.run(plan, spec(plan, new Command.Exec(List.of("nonsense"))));
    assertThat(outcome)
        .isEqualTo(
            new Outcome.Failed(
                Outcome.Cause.CANNOT_START, OptionalInt.empty(), "no command `nonsense` on PATH"));
  }

  @Test
  void aScriptWithoutAFirstLineRunsAsAShellRunsIt() throws Exception {
    var script = Files.writeString(local.work.resolve("run.sh"), "echo ran > file\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    assertThat(local.run("./run.sh")).isEqualTo(Outcome.Succeeded.PLAIN);
    assertThat(local.work.resolve("file")).hasContent("ran");
  }

  @Test
  void aDirectoryThatIsGoneIsNamed() throws Exception {
    var plan = local.plan();
    Files.delete(local.work);
    assertThat(reason(local.run(plan, bash(plan, "true"))))
        .isEqualTo("its working directory " + local.work + " does not exist");
  }

  @Test
  void aZeroByteInAValueIsAReasonAndNotACrash() throws Exception {
    var plan = local.plan();
    assertThat(reason(local.run(plan, bash(plan, "echo \0")))).contains("holds a zero byte");
  }

  @Test
  void timeAndMemoryLimitsAreNamed() throws Exception {
    var plan = local.plan();
    var late = with(bash(plan, "sleep 100"), Resources.NONE, Optional.of(Duration.ofMillis(200)));
    assertThat(reason(local.run(plan, late))).isEqualTo("ran longer than its timeout of 200ms");
    var other = local.plan();
    var small =
        new Resources(OptionalLong.empty(), OptionalLong.of(50L << 20), 0, Optional.empty());
    var greedy =
        with(
            bash(other, "python3 -c 'import time; x = b\"1\" * 200_000_000; time.sleep(60)'"),
            small,
            Optional.empty());
    assertThat(reason(local.run(other, greedy)))
        .startsWith("was killed for memory: it held ")
        .endsWith(", limit 50 MiB");
  }

  @Test
  void outputsAreKeptAndAMissingOneFailsTheStep() throws Exception {
    var plan = local.plan();
    var files = new StepFiles(List.of(), List.of("*.onnx", "out/"), false);
    var good = with(bash(plan, "echo m > a.onnx; mkdir out; echo c > out/c"), files);
    assertThat(local.run(plan, good)).isEqualTo(Outcome.Succeeded.PLAIN);
    assertThat(local.files.artifacts().list(plan.id(), "train"))
        .extracting(artifact -> artifact.path())
        .containsExactly("a.onnx", "out/c");
    var other = local.plan();
    var bad = with(bash(other, "true"), new StepFiles(List.of(), List.of("b.onnx"), false));
    assertThat(reason(local.run(other, bad)))
        .isEqualTo("it ended well, but did not make `b.onnx`, which its `outputs` promise");
  }

  @Test
  void aStoppedAttemptSaysSo() throws Exception {
    var plan = local.plan();
    local.launcher.launch(plan, bash(plan, "sleep 100"));
    assertThat(local.next()).isInstanceOf(Started.class);
    local.launcher.stop(new AttemptId(plan.id(), "train", 1));
    assertThat(local.end().outcome()).isInstanceOf(Outcome.Stopped.class);
  }

  @Test
  void aLaunchThatIsRepeatedRunsOnce() throws Exception {
    var plan = local.plan();
    var spec = bash(plan, "echo once >> file");
    local.launcher.launch(plan, spec);
    local.launcher.launch(plan, spec);
    local.end();
    local.launcher.launch(plan, spec);
    assertThat(local.end().outcome()).isEqualTo(Outcome.Succeeded.PLAIN);
    assertThat(local.work.resolve("file")).hasContent("once");
  }

  @Test
  void anotherServerFollowsWhatTheFirstOneStarted() throws Exception {
    var plan = local.plan();
    var spec = bash(plan, "while ! test -f go; do sleep 0.05; done; echo a=1 >> $FERRY_OUTPUT");
    local.launcher.launch(plan, spec);
    assertThat(local.next()).isInstanceOf(Started.class);
    var machine = local.launcher.machine();
    local.launcher.close();
    local.launcher = local.open();
    local.launcher.resume(plan, spec, machine, true);
    assertThat(local.next()).isInstanceOf(Started.class);
    Files.createFile(local.work.resolve("go"));
    assertThat(local.end().outcome()).isEqualTo(new Outcome.Succeeded(Map.of("a", "1"), false));
  }

  @Test
  void whatRunsWhileItsHomeIsBackedUpIsLostInTheRestoredOneAndIsLeftAlone() throws Exception {
    var plan = local.plan();
    var spec = bash(plan, "echo $$; exec sleep 325");
    local.launcher.launch(plan, spec);
    LauncherHome.await(() -> local.log(plan).endsWith("\n"));
    long pid = Long.parseLong(local.log(plan).strip());
    var machine = local.launcher.machine();
    local.launcher.close();
    Files.writeString(local.home.resolve("restored"), "4c1f\n");
    local.launcher = local.open();
    local.events.clear();

    local.launcher.resume(plan, spec, machine, true);

    assertThat(local.end().outcome())
        .isEqualTo(
            new Outcome.Lost("the home was restored from a backup that was made while it ran"));
    assertThat(LauncherHome.isAlive(pid)).isTrue();
    assertThat(local.launcher.machine()).isNotEqualTo(machine);
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  @Test
  void aStopAskedOfTheNextServerBeforeItHasLookedEndsWhatTheFirstOneStarted() throws Exception {
    var plan = local.plan();
    var spec = bash(plan, "echo $$; exec sleep 325");
    local.launcher.launch(plan, spec);
    LauncherHome.await(() -> local.log(plan).endsWith("\n"));
    long pid = Long.parseLong(local.log(plan).strip());
    var machine = local.launcher.machine();
    local.launcher.close();
    local.launcher = local.open();
    local.events.clear();

    local.launcher.resume(plan, spec, machine, true);
    local.launcher.stop(spec.id());

    local.end();
    assertThat(LauncherHome.isAlive(pid)).isFalse();
  }

  @Test
  void aStopAloneDoesNotEndAnAttemptOfWhichNobodyKnowsYetWhetherItRuns() {
    var plan = local.plan();
    var attempt = ActiveAttempt.inDoubt(local.home, plan, bash(plan, "true"));

    assertThat(attempt.cancel()).isFalse();
    assertThat(attempt.mayStart()).isFalse();
  }

  @Test
  void whatEndedWhileNoServerRanIsKnownToTheNext() throws Exception {
    var plan = local.plan();
    var spec = bash(plan, "exit 3");
    local.run(plan, spec);
    local.launcher.resume(plan, spec, "another boot", true);
    assertThat(reason(local.end().outcome())).isEqualTo("exit status 3");
  }

  @Test
  void whatWasNeverStartedIsStartedUnlessTheMachineWasRestarted() throws Exception {
    var plan = local.plan();
    var spec = bash(plan, "true");
    local.launcher.resume(plan, spec, local.launcher.machine(), false);
    assertThat(local.end().outcome()).isEqualTo(Outcome.Succeeded.PLAIN);
    var other = local.plan();
    local.launcher.resume(other, bash(other, "true"), "another boot", false);
    assertThat(local.end().outcome())
        .isEqualTo(new Outcome.Lost("the machine was restarted before it was known to run"));
  }

  @Test
  void gpusAreHandedOutWhole() throws Exception {
    var plan = local.plan();
    var wanting = new Resources(OptionalLong.empty(), OptionalLong.empty(), 2, Optional.empty());
    local.run(plan, with(bash(plan, "echo $CUDA_VISIBLE_DEVICES"), wanting, Optional.empty()));
    assertThat(local.log(plan)).isEqualTo("0,1\n");
    assertThat(local.launcher.capacity().gpus()).isEqualTo(2);
    var other = local.plan();
    local.run(other, with(bash(other, "echo $CUDA_VISIBLE_DEVICES"), wanting, Optional.empty()));
    assertThat(local.log(other)).isEqualTo("0,1\n");
  }
}
