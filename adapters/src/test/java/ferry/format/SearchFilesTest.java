package ferry.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ferry.cron.CronTimes;
import ferry.error.UserException;
import ferry.experiment.SearchReader.Reading;
import ferry.experiment.SearchReader.Wishes;
import ferry.format.Examples.Example;
import ferry.search.Preview;
import ferry.search.Searcher;
import ferry.search.space.Parameter;
import ferry.workflow.Command;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SearchFilesTest {
  private static final Wishes NONE = new Wishes(Map.of(), Map.of(), Map.of(), List.of(), 5);
  private static final int SEEDS = 4_000;
  private static final List<String> GOOD =
      List.of("search.yaml", "determined.yaml", "determined-asha.yaml", "katib.yaml").stream()
          .map(Examples::text)
          .toList();

  private final SearchFiles files = new SearchFiles(new CronTimes(), ZoneOffset.UTC);

  @Test
  void aSectionOfAWorkflowSaysWhatIsSearched() {
    var read = read("search.yaml");
    var plan = read.search().plan();
    assertThat(shown(read))
        .containsExactly("lr = log:0.0001..0.1", "layers = int:1..4", "activation = [relu, tanh]");
    assertThat(plan.trials()).isEqualTo(32);
    assertThat(plan.target()).hasValue(0.99);
    assertThat(plan.points()).hasSize(1);
    assertThat(plan.seed()).isEqualTo(5);
    assertThat(read.workflow().params()).containsOnlyKeys("lr", "layers", "activation");
  }

  @Test
  void whatIsSaidBesideTheFileStandsInPlaceOfWhatItSays() {
    var wishes =
        new Wishes(
            Map.of(), Map.of("trials", "3"), Map.of(), List.of("lr=0.5", "layers=int:7..9"), 1);
    var read = files.read("search.yaml", "/flow", Examples.text("search.yaml"), wishes);
    assertThat(read.search().plan().trials()).isEqualTo(3);
    assertThat(read.search().plan().space().parameters().stream().map(Parameter::text))
        .containsExactly("0.5", "int:7..9", "[relu, tanh]");
  }

  @Test
  void theExampleOfDeterminedThatEverybodyKnowsIsExplainedAndItsClassRefused() {
    var read = read("determined.yaml");
    assertThat(read.workflow().name()).isEqualTo("cifar10_pytorch");
    assertThat(preview(read)).containsExactly(new Preview(1, OptionalLong.of(32)));
    assertThat(read.search().objective().metric()).isEqualTo("validation_error");
    assertThat(read.search().objective().length()).contains("epochs");
    assertThat(read.refused().orElseThrow().error().message())
        .contains("the trial class `model_def:CIFARTrial`")
        .endsWith("expected a command that trains");
    assertThat(read.warnings()).isEmpty();
  }

  @Test
  void bracketsOfDeterminedAreItsOwn() {
    var read = read("determined-asha.yaml");
    assertThat(preview(read))
        .containsExactly(
            new Preview(5, OptionalLong.of(100)),
            new Preview(3, OptionalLong.of(300)),
            new Preview(2, OptionalLong.of(900)));
    assertThat(shown(read))
        .contains("optimizer.kind = [sgd, adam]", "layers = int:1..4", "global_batch_size = 64");
    assertThat(read.search().plan().seed()).isEqualTo(777);
    assertThat(read.refused()).isEmpty();
    assertThat(read.workflow().steps().getFirst().command())
        .isEqualTo(new Command.Shell("python train.py --layers {layers} --keep {{this}}"));
    assertThat(read.workflow().steps().getFirst().retries().limit()).isEqualTo(1);
    assertThat(read.warnings())
        .containsExactly(
            "determined-asha.yaml:20: `resources.slots_per_trial` is left aside: `--gpu N` or"
                + " `--cpu N` says what a trial takes",
            "determined-asha.yaml:2: `labels` means nothing here");
  }

  @Test
  void whatDeterminedMountsAndKeepsIsDoneOrTold() {
    var read = read("determined-keeping.yaml");
    assertThat(read.warnings())
        .containsExactly(
            "determined-keeping.yaml:5: `checkpoint_policy` is as `all` here: Ferry keeps all that"
                + " a trial saved in $FERRY_CHECKPOINT_DIR, until `ferry rm`",
            "determined-keeping.yaml:6: `checkpoint_storage` is Ferry's home here: Ferry keeps all"
                + " that a trial saved in $FERRY_CHECKPOINT_DIR, until `ferry rm`",
            "determined-keeping.yaml:7: `retention_policy` is set for all runs here: `ferry config"
                + " retention 30d` deletes older ones",
            "determined-keeping.yaml:9: `log_policies[0].pattern` ends no restarts here: a trial"
                + " that fails begins again up to `max_restarts`, whatever it printed",
            "determined-keeping.yaml:12: `bind_mounts[0].container_path` becomes a link to"
                + " `/mnt/digits` in a trial's directory",
            "determined-keeping.yaml:12: `bind_mounts[0].read_only` is not held here: a trial may"
                + " write what its user may write",
            "determined-keeping.yaml:13: `bind_mounts[1].container_path` is not made here: a trial"
                + " is a process of this machine and finds `/mnt/models`");
    assertThat(read.workflow().steps().getFirst().command())
        .isEqualTo(
            new Command.Shell(
                "[ -e data/digits ] || { mkdir -p \"$(dirname data/digits)\" && ln -s /mnt/digits"
                    + " data/digits; } || exit 126\npython train.py"));
  }

  @Test
  void theJobOfAKatibExperimentBecomesTheTrial() {
    var read = read("katib.yaml");
    var plan = read.search().plan();
    assertThat(shown(read)).containsExactly("lr = double:0.01..0.05", "momentum = [0.5, 0.9]");
    assertThat(plan.trials()).isEqualTo(12);
    assertThat(plan.parallel()).isEqualTo(3);
    assertThat(plan.target()).hasValue(0.001);
    assertThat(plan.maxFailures()).hasValue(3);
    var step = read.workflow().steps().getFirst();
    assertThat(step.command())
        .isEqualTo(
            new Command.Exec(
                List.of(
                    "python3",
                    "/opt/pytorch-mnist/mnist.py",
                    "--lr={lr}",
                    "--momentum={momentum}",
                    "--json={{plain}}")));
    assertThat(step.resources().cpuMillis()).hasValue(500);
    assertThat(step.resources().memoryBytes()).hasValue(1L << 30);
  }

  @Test
  void aWorkflowWithoutASearchIsRefused() {
    assertThatThrownBy(() -> files.read("f.yaml", "/flow", "steps: {a: echo}\n", NONE))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("search");
  }

  static List<Example> bad() {
    return Examples.in("bad-searches.md");
  }

  @ParameterizedTest
  @MethodSource("bad")
  void aBadSearchIsRefusedInWords(Example example) {
    var thrown =
        catchThrowableOfType(
            UserException.class,
            () -> files.read("flow/search.yaml", "/flow", example.file(), NONE));
    assertThat(Shown.error(thrown)).isEqualTo(example.shows());
  }

  @Test
  void nothingButASearchOrAnErrorInWordsComesOutOfBrokenFiles() {
    new Random(0).ints(SEEDS).forEach(this::readMutated);
  }

  private void readMutated(int seed) {
    var random = new Random(seed);
    var text = GOOD.get(random.nextInt(GOOD.size()));
    int mutations = 1 + random.nextInt(4);
    for (int i = 0; i < mutations; i++) {
      text = Mutation.of(text, random);
    }
    try {
      files.read("search.yaml", "/flow", text, NONE);
    } catch (UserException e) {
      assertThat(Shown.error(e)).as("seed %d", seed).startsWith("error: ");
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("seed " + seed + " of:\n" + text, e);
    }
  }

  private Reading read(String name) {
    return files.read(name, "/flow", Examples.text(name), NONE);
  }

  private static List<String> shown(Reading read) {
    return read.search().plan().space().parameters().stream()
        .map(parameter -> parameter.name() + " = " + parameter.text())
        .toList();
  }

  private static List<Preview> preview(Reading read) {
    return new Searcher(read.search().plan()).preview();
  }
}
