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
import java.time.Duration;
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
      List.of(
              "search.yaml",
              "determined.yaml",
              "determined-asha.yaml",
              "katib.yaml",
              "katib-hyperband.yaml",
              "katib-pbt.yaml")
          .stream()
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
  void whatIsSaidBesideAFileOfAnotherProgramStandsInItsPlaceToo() {
    var wishes =
        new Wishes(
            Map.of(),
            Map.of("trials", "3", "parallel", "2", "target", "0.5", "time", "1h", "method", "tpe"),
            Map.of(),
            List.of("lr=0.25"),
            1);
    var read = files.read("katib.yaml", "/flow", Examples.text("katib.yaml"), wishes);
    assertThat(read.search().plan().trials()).isEqualTo(3);
    assertThat(read.search().plan().parallel()).isEqualTo(2);
    assertThat(read.search().plan().target()).hasValue(0.5);
    assertThat(read.search().plan().method()).isEqualTo("tpe");
    assertThat(read.search().budget().time()).contains(Duration.ofHours(1));
    assertThat(shown(read)).containsExactly("lr = 0.25", "momentum = [0.5, 0.9]");
  }

  @Test
  void whatIsWrongBesideAFileIsNamedAsItWasTyped() {
    var wishes = new Wishes(Map.of(), Map.of("trials", "many"), Map.of(), List.of(), 1);
    assertThatThrownBy(() -> files.read("katib.yaml", "/flow", Examples.text("katib.yaml"), wishes))
        .hasMessage("`--trials` is `many`; expected a whole number from 1 to 1000000");
  }

  @Test
  void aTrialParameterThatIsUsedNowhereIsToldAndAParameterThatNoneRefersTo() {
    var unused = Examples.text("katib.yaml").replace("--momentum=${trialParameters.momentum}", "x");
    assertThat(files.read("k.yaml", "/flow", unused, NONE).warnings())
        .contains(
            "k.yaml:31: `spec.trialTemplate.trialParameters[1].name` `momentum` is used nowhere in"
                + " `trialSpec`");
  }

  @Test
  void aSingleTrialOfARangeIsToldToBeChance() {
    var single = Examples.text("determined.yaml").replace("description", "# description");
    var ranged =
        single.replace(
            "hyperparameters:", "hyperparameters:\n  x: {type: int, minval: 1, maxval: 4}");
    assertThat(files.read("d.yaml", "/flow", ranged, NONE).warnings())
        .singleElement()
        .asString()
        .endsWith("`searcher.name` makes one trial: chance draws its `x`");
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
            "determined-asha.yaml:20: `resources.slots_per_trial` is left aside for what `--gpu N`"
                + " or `--cpu N` says where trials are local processes");
    assertThat(read.setting()).containsEntry("slots", "2");
  }

  @Test
  void whatDeterminedMountsAndKeepsIsDoneOrTold() {
    var read = read("determined-keeping.yaml");
    assertThat(read.warnings())
        .containsExactly(
            "determined-keeping.yaml:6: `checkpoint_policy` is the script's own here: it saves when"
                + " it likes",
            "determined-keeping.yaml:7: `checkpoint_storage` is Ferry's home here: each trial's"
                + " directory $FERRY_CHECKPOINT_DIR is kept as the trial leaves it, until `ferry"
                + " rm`",
            "determined-keeping.yaml:8: `retention_policy` is set for all runs here: `ferry config"
                + " retention 30d` deletes older ones",
            "determined-keeping.yaml:11: `log_policies[1].action` excludes no machine here: a trial"
                + " that fails begins again wherever there is room",
            "determined-keeping.yaml:14: `bind_mounts[0].container_path` becomes a link to"
                + " `/mnt/digits` in a trial's directory",
            "determined-keeping.yaml:14: `bind_mounts[0].read_only` is not held here: a trial may"
                + " write what its user may write",
            "determined-keeping.yaml:15: `bind_mounts[1].container_path` is not made here: a trial"
                + " is a process of this machine and finds `/mnt/models`");
    assertThat(read.workflow().steps().getFirst().command())
        .isEqualTo(
            new Command.Shell(
                "[ -e data/digits ] || { mkdir -p \"$(dirname data/digits)\" && ln -s /mnt/digits"
                    + " data/digits; } || exit 126\npython train.py"));
  }

  @Test
  void labelsAndWhatEndsRestartsOfDeterminedAreInThePlanOfATrial() {
    assertThat(read("determined-keeping.yaml").setting())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "labels", "digits\nfor the paper", "no_retry_patterns", ".*CUDA out of memory.*"));
  }

  @Test
  void whereTrialsOfDeterminedKeepNothingOnlyTheBestDo() {
    var text =
        Examples.text("determined-keeping.yaml")
            .replace(
                "save_trial_best: 2",
                "save_experiment_best: 3, save_trial_best: 0, save_trial_latest: 0");
    var read = files.read("d.yaml", "/flow", text, NONE);
    assertThat(read.setting()).containsEntry("checkpoints_kept", "3");
    assertThat(read.warnings())
        .contains(
            "d.yaml:7: `checkpoint_storage` is Ferry's home here: when the search has ended,"
                + " $FERRY_CHECKPOINT_DIR of all but the 3 best trials goes");
  }

  @Test
  void theImageOfDeterminedIsWhereTrialsRunInOne() {
    var text = Examples.text("determined-keeping.yaml");
    var one = text + "environment: {image: digits:1}\n";
    var two = text + "environment: {image: {cuda: digits:gpu, cpu: digits:cpu}}\n";
    assertThat(files.read("d.yaml", "/flow", one, NONE).image()).contains("digits:1");
    assertThat(files.read("d.yaml", "/flow", two, NONE).image()).contains("digits:cpu");
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

  private Reading katib(String collector, String from, String to) {
    var text = Examples.text("katib.yaml").replace(from, to);
    return files.read(
        "k.yaml",
        "/flow",
        text.replace(
            "parallelTrialCount", "metricsCollectorSpec: " + collector + "\n  parallelTrialCount"),
        NONE);
  }

  @Test
  void theFileThatKatibsCommandNamesLiesInEachTrialsOwnDirectory() {
    var file =
        "{collector: {kind: File}, source: {fileSystemPath: {path: /katib/mnist.log, kind: File}}}";
    var read = katib(file, "--json={plain}", "--log-path=/katib/mnist.log");
    assertThat(read.search().objective().file()).contains("katib-mnist.log");
    assertThat(read.workflow().steps().getFirst().command())
        .asString()
        .contains("--log-path=katib-mnist.log");
    assertThat(read.warnings())
        .contains(
            "k.yaml:13: `spec.metricsCollectorSpec.source.fileSystemPath.path` `/katib/mnist.log`"
                + " is `katib-mnist.log` in each trial's own directory, and so its command says");
  }

  @Test
  void theFileOfKatibThatNoCommandNamesStaysWhereItIs() {
    var read =
        katib("{collector: {kind: File}}", "--json={plain}", "--log=/var/log/katib/metrics.log2");
    assertThat(read.search().objective().file()).contains("/var/log/katib/metrics.log");
  }

  @Test
  void katibsDirectoryOfEventsMovesWithTheCommandToo() {
    var read =
        katib(
            "{collector: {kind: TensorFlowEvent}}",
            "--json={plain}",
            "--dir=/var/log/katib/tfevent/train");
    assertThat(read.search().objective().events()).contains("katib-tfevent");
    assertThat(read.workflow().steps().getFirst().command())
        .asString()
        .contains("--dir=katib-tfevent/train");
  }

  @Test
  void katibsOwnFilterIsReadAsGoReadsIt() {
    var filter = "{metricName: ([\\w|-]+), metricValue: ((-?\\d+)(\\.\\d+)?)}";
    var collector = "{source: {filter: {metricsFormat: ['" + filter + "']}}}";
    var pattern = katib(collector, "", "").search().objective().pattern().orElseThrow();
    var found =
        ferry.collect.LogMetrics.of(pattern, "loss")
            .take(
                "{metricName: loss, metricValue: 0.5} {metricName: acc, metricValue: 1}\n"
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(found)
        .extracting(one -> one.sighting().key() + " " + one.sighting().value())
        .containsExactly("loss 0.5", "acc 1.0");
  }

  @Test
  void whatIsReadOfAPageOfKatibIsNotSaidToMeanNothing() {
    var page = "{collector: {kind: PrometheusMetric}, source: {httpGet: {port: 9000, path: /m}}}";
    var read = katib(page, "", "");
    assertThat(read.search().objective().endpoint()).contains("http://127.0.0.1:9000/m");
    assertThat(read.warnings()).noneMatch(warning -> warning.contains("means nothing"));
  }

  @Test
  void aGridOfKatibThatIsStoppedEarlyIsToldToBeChance() {
    var grid = "algorithmName: random\n  earlyStopping: {algorithmName: medianstop}";
    var read =
        katib(
            "{collector: {kind: StdOut}}", "algorithmName: random", grid.replace("random", "grid"));
    assertThat(read.warnings())
        .contains(
            "k.yaml:13: `spec.earlyStopping.algorithmName` `medianstop` stops trials of points that"
                + " chance draws here, not of a grid; without `earlyStopping` every point of the"
                + " grid is tried in full");
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
