package ferry.submission;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.backend.Code;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.experiment.Experiment;
import ferry.experiment.SearchSettings;
import ferry.run.RunId;
import ferry.search.space.Space;
import ferry.search.space.SpaceReader;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trials that could not tell their values from those of others are refused. */
class OwnMetricsTest {
  private static final Space SPACE =
      new Space(List.of(SpaceReader.parameter("--param", "lr=0.0..1")));

  @ParameterizedTest
  @CsvSource({
    "metric_file, /var/log/katib/metrics.log",
    "metric_file, ../metrics.log",
    "metric_file, logs/../../metrics.log",
    "metric_events, /var/log/katib/tfevent/"
  })
  void aPathOutsideOfATrialsDirectoryIsThatOfAll(String setting, String path) {
    assertThat(words(Map.of(setting, path), Map.of()))
        .contains(
            "`%s` is `%s`; expected a path in each trial's own directory".formatted(setting, path));
  }

  @Test
  void whatWasTypedIsNamedAsItWasTypedWithTheWayOut() {
    var typed = Map.of("metric_file", "/tmp/metrics.log");
    var refused = OwnMetrics.doubt(experiment(typed), typed).orElseThrow();
    assertThat(refused.error().message()).startsWith("`--metric-file` is `/tmp/metrics.log`");
    assertThat(refused.error().help())
        .containsExactly(
            "all trials and all earlier searches write to that one place, and none can tell its"
                + " own values",
            "let the script write below its working directory, and name that: `--metric-file"
                + " metrics.log`",
            "or let it print the metric, and give `--metric-file \"\"`");
  }

  @ParameterizedTest
  @CsvSource({"metric_file, metrics.jsonl", "metric_file, logs/./m.log", "metric_events, runs"})
  void aPathBelowIsATrialsOwn(String setting, String path) {
    assertThat(words(Map.of(setting, path), Map.of())).isEmpty();
  }

  @Test
  void anAddressIsATrialsOwnWhereNoOtherRunsAtTheSameTime() {
    var address = "http://127.0.0.1:8080/metrics";
    assertThat(words(Map.of("metric_endpoint", address, "parallel", "2"), Map.of()))
        .contains("`metric_endpoint` is `" + address + "`; expected an address of one trial alone");
    assertThat(words(Map.of("metric_endpoint", address, "parallel", "1"), Map.of())).isEmpty();
    assertThat(words(Map.of("metric_endpoint", address, "trials", "1"), Map.of())).isEmpty();
  }

  private static Optional<String> words(Map<String, String> settings, Map<String, String> typed) {
    return OwnMetrics.doubt(experiment(settings), typed).map(e -> e.error().message());
  }

  private static Experiment experiment(Map<String, String> settings) {
    var texts = SearchSettings.over(Map.of("metric", "loss", "goal", "minimize"), settings);
    var template =
        new Plan(
            new RunId("digits-aaaaa"),
            Workflow.of("digits", Step.of("train", "python train.py --lr {lr}")),
            "local",
            new Place("/home/ada/digits", Map.of(), "ada", "laptop"),
            new Origin(
                Origin.Kind.ONE_LINER, "python train.py", Optional.empty(), Optional.empty()),
            Code.UNKNOWN,
            "digest",
            Instant.EPOCH);
    return new Experiment(template, SearchSettings.read(SPACE, texts, Map.of(), List.of(), 0));
  }

  @Test
  void aMethodJoinedWithASamplerIsTheMethodWithThatSetting() {
    var texts = Map.of("metric", "loss", "goal", "minimize", "method", "asha+tpe", "length", "27");
    var plan = SearchSettings.read(SPACE, texts, Map.of(), List.of(), 0).plan();
    assertThat(plan.method()).isEqualTo("asha");
    assertThat(plan.settings()).containsEntry("sampler", "tpe");
  }
}
