package ferry.format;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.cron.CronTimes;
import ferry.experiment.SearchReader.Reading;
import ferry.experiment.SearchReader.Wishes;
import ferry.search.Preview;
import ferry.search.Searcher;
import ferry.search.space.Parameter;
import ferry.workflow.Command;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Katib's own methods, as its examples have them. */
class KatibFilesTest {
  private final SearchFiles files = new SearchFiles(new CronTimes(), ZoneOffset.UTC);

  private Reading read(String name, String from, String to, Map<String, String> settings) {
    var text = Examples.text(name).replace(from, to);
    return files.read(
        "k.yaml", "/flow", text, new Wishes(Map.of(), settings, Map.of(), List.of(), 5));
  }

  private Reading read(String name) {
    return read(name, "", "", Map.of());
  }

  @Test
  void theParameterOfHyperbandThatCarriesTheLengthIsNotSearched() {
    var read = read("katib-hyperband.yaml");
    var plan = read.search().plan();
    assertThat(plan.space().parameters()).extracting(Parameter::name).containsExactly("lr");
    assertThat(plan.lengthParameter()).contains("num-epochs");
    assertThat(plan.length()).hasValue(2);
    assertThat(read.workflow().params()).containsEntry("num-epochs", "2").containsKey("lr");
    assertThat(read.workflow().steps().getFirst().command())
        .isEqualTo(
            new Command.Exec(List.of("python3", "mnist.py", "--epochs={num-epochs}", "--lr={lr}")));
    assertThat(read.warnings())
        .containsExactly(
            "k.yaml:33: `spec.trialTemplate.trialSpec.spec.template.spec.containers[0].image` is"
                + " not used where trials are local processes");
  }

  @Test
  void wholeNumbersOfANormalDistributionAreToldAsDrawnEvenly() {
    var read =
        read(
            "katib-hyperband.yaml",
            "{name: lr, parameterType: double, feasibleSpace: {min: \"0.01\", max: \"0.05\"}}",
            "{name: lr, parameterType: int, feasibleSpace: {min: \"1\", max: \"9\","
                + " distribution: normal}}",
            Map.of());
    assertThat(read.warnings())
        .contains(
            "k.yaml:18: `spec.parameters[0].feasibleSpace.distribution` `normal` is for `double`:"
                + " the whole numbers of `lr` are drawn evenly");
  }

  @Test
  void hyperbandOfKatibHasThePapersBrackets() {
    var read =
        read(
            "katib-hyperband.yaml",
            "\"2\"}",
            "\"9\"}",
            Map.of("trials", "17", "parallel", "9", "length", "9"));
    var thirds = read.search().plan().withMethod("hyperband", Map.of("eta", "3"));
    assertThat(new Searcher(thirds).preview())
        .containsExactly(
            new Preview(6, OptionalLong.of(1)),
            new Preview(5, OptionalLong.of(3)),
            new Preview(6, OptionalLong.of(9)));
  }

  @Test
  void asManyAtOnceAsWereTypedAreTakenAlthoughKatibWouldRefuseThem() {
    var read = read("katib-hyperband.yaml", "", "", Map.of("parallel", "1"));
    assertThat(read.search().plan().parallel()).isEqualTo(1);
  }

  @Test
  void anotherMethodThatWasTypedSearchesAllThatIsDeclared() {
    var read = read("katib-hyperband.yaml", "", "", Map.of("method", "random"));
    assertThat(read.search().plan().space().parameters())
        .extracting(Parameter::name)
        .containsExactly("lr", "num-epochs");
  }

  @Test
  void aLengthWithAPointIsAWholeNumberToo() {
    var read = read("katib-hyperband.yaml", "value: \"2\"", "value: \"2.0\"", Map.of());
    assertThat(read.search().plan().length()).hasValue(2);
  }

  @Test
  void aPopulationOfKatibTrainsEachTrialToItsEnd() {
    var read = read("katib-pbt.yaml");
    var plan = read.search().plan();
    assertThat(plan.settings())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "length_per_round", "whole", "population_size", "5", "truncate_fraction", "0.2"));
    assertThat(new Searcher(plan).words())
        .isEqualTo(
            "population based training in generations of 5, each trial trained to its end, over"
                + " points by random");
    assertThat(new Searcher(plan).preview()).containsExactly(new Preview(12, OptionalLong.empty()));
  }

  @Test
  void theDirectoryOfKatibsCheckpointsIsEachTrialsOwn() {
    var read = read("katib-pbt.yaml");
    assertThat(read.workflow().steps().getFirst().command())
        .isEqualTo(
            new Command.Exec(
                List.of(
                    "sh",
                    "-c",
                    "exec \"${1}\" \"${2}\" \"${3}\" \"${4}$FERRY_CHECKPOINT_DIR${5}\"",
                    "sh",
                    "python3",
                    "pbt_test.py",
                    "--lr={lr}",
                    "--checkpoint=",
                    "/")));
    assertThat(read.warnings())
        .contains(
            "k.yaml:15: `spec.algorithm.algorithmSettings[0].value` `/var/log/katib/checkpoints/`"
                + " is each trial's own $FERRY_CHECKPOINT_DIR, and so its command says")
        .hasSize(2);
  }

  @Test
  void aVariableMayNameTheDirectoryOfKatibsCheckpointsToo() {
    var read =
        read(
            "katib-pbt.yaml",
            "                  - \"--checkpoint=/var/log/katib/checkpoints/\"\n",
            "                env: [{name: SAVED, value: /var/log/katib/checkpoints}]\n",
            Map.of());
    var step = read.workflow().steps().getFirst();
    assertThat(step.surroundings().env()).isEmpty();
    assertThat(step.command())
        .isEqualTo(
            new Command.Exec(
                List.of(
                    "sh",
                    "-c",
                    "export SAVED=\"$FERRY_CHECKPOINT_DIR\"\nexec \"${1}\" \"${2}\" \"${3}\"",
                    "sh",
                    "python3",
                    "pbt_test.py",
                    "--lr={lr}")));
  }

  @Test
  void aCommandThatKnowsFerrysDirectoryOfCheckpointsStaysAsItIs() {
    var read =
        read(
            "katib-pbt.yaml",
            "--checkpoint=/var/log/katib/checkpoints/",
            "--saved=$FERRY_CHECKPOINT_DIR",
            Map.of());
    assertThat(read.workflow().steps().getFirst().command())
        .isInstanceOfSatisfying(
            Command.Exec.class, exec -> assertThat(exec.argv()).startsWith("python3"));
  }

  @Test
  void withALengthThatWasTypedAPopulationOfKatibTrainsInRounds() {
    var read = read("katib-pbt.yaml", "", "", Map.of("length", "20"));
    assertThat(read.search().plan().settings()).doesNotContainKey("length_per_round");
    assertThat(read.search().plan().length()).hasValue(20);
  }
}
