package ferry.local;

import static ferry.local.LocalPlace.bash;
import static ferry.local.LocalPlace.with;
import static org.assertj.core.api.Assertions.assertThat;

import ferry.backend.Plan;
import ferry.run.Outcome;
import ferry.workflow.Command;
import ferry.workflow.Step;
import ferry.workflow.StepFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepCacheTest {
  private static final StepFiles FILES = new StepFiles(List.of("data/"), List.of("model"), true);
  private static final String SCRIPT = "cat data/* > model; echo n=1 >> $FERRY_OUTPUT; echo ran";

  @TempDir Path place;
  LocalPlace local;

  @BeforeEach
  void open() throws Exception {
    local = new LocalPlace(place);
    local.define(
        Step.named("prepare", new Command.Shell("true"))
            .files(new StepFiles(List.of(), List.of("clean-{x}"), false))
            .build(),
        Step.named("train", new Command.Shell(SCRIPT))
            .after(List.of("prepare"))
            .files(FILES)
            .build());
    Files.createDirectory(local.work.resolve("data"));
    Files.writeString(local.work.resolve("data/a"), "1");
    Files.writeString(local.work.resolve("code.py"), "1");
    assertThat(run(SCRIPT)).isFalse();
  }

  @AfterEach
  void close() throws IOException {
    local.close();
  }

  /** Whether an earlier result was taken. */
  private boolean run(String script) throws InterruptedException {
    return run(local.plan(), script);
  }

  private boolean run(Plan plan, String script) throws InterruptedException {
    return ((Outcome.Succeeded) local.run(plan, with(bash(plan, script), FILES))).cached();
  }

  @Test
  void anUnchangedStepDoesNotRunAndSaysSince() throws Exception {
    var plan = local.plan();
    assertThat(local.run(plan, with(bash(plan, SCRIPT), FILES)))
        .isEqualTo(new Outcome.Succeeded(Map.of("n", "1"), true));
    assertThat(local.log(plan)).isEqualTo("unchanged since test-aaaa1: nothing ran\n");
    assertThat(local.files.artifacts().list(plan.id(), "train")).hasSize(1);
  }

  @Test
  void anOutputThatIsMissingIsPutBack() throws Exception {
    Files.delete(local.work.resolve("model"));
    assertThat(run(SCRIPT)).isTrue();
    assertThat(local.work.resolve("model")).hasContent("1");
  }

  @Test
  void anotherInputCommandOrCodeMakesItRun() throws Exception {
    Files.writeString(local.work.resolve("data/a"), "2");
    assertThat(run(SCRIPT)).as("input").isFalse();
    assertThat(run(SCRIPT + " ")).as("command").isFalse();
    Files.writeString(local.work.resolve("code.py"), "2");
    assertThat(run(SCRIPT)).as("code").isFalse();
    assertThat(run(SCRIPT)).as("nothing").isTrue();
  }

  @Test
  void whatTheStepBeforeItPutOutCountsThoughItIsNotNamed() throws Exception {
    Files.writeString(local.work.resolve("clean-1"), "1");
    assertThat(run(SCRIPT)).isFalse();
    assertThat(run(SCRIPT)).isTrue();
    Files.writeString(local.work.resolve("clean-1"), "2");
    assertThat(run(SCRIPT)).isFalse();
  }

  @Test
  void aResultWhoseFilesAreGoneIsNoResult() throws Exception {
    var first = new ferry.run.RunId("test-aaaa1");
    local.files.runFiles().delete(first);
    assertThat(run(SCRIPT)).isFalse();
  }
}
