package ferry.kubernetes.argo;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.kubernetes.PodSetting;
import ferry.run.Outcome;
import ferry.run.RunEvent;
import ferry.run.RunState;
import ferry.run.Usage;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose Pod is which, for a server that begins in the middle of a run. */
class SeenWorkflowTest {
  private static final Instant T = Instant.EPOCH;

  private static Optional<String> owner(String node, String file, RunEvent... events) {
    return owner(node, file, List.of(events));
  }

  private static Optional<String> owner(String node, String file, List<RunEvent> events) {
    var plan = ArgoTexts.plan(file, PodSetting.ofImage("python:3"), Map.of());
    var state = RunState.of(plan.workflow()).apply(new RunEvent.Submitted(T)).applyAll(events);
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .addToAnnotations("workflows.argoproj.io/node-name", "run." + node)
            .endMetadata()
            .build();
    return new SeenWorkflow("run", Tasks.of(plan, state), T).see(pod, false, state);
  }

  private static RunEvent ended(String stepRun, Outcome outcome) {
    return new RunEvent.Ended(stepRun, 1, T, outcome, Usage.UNKNOWN);
  }

  @Test
  void thePodOfAValueIsItsOwnWhateverHasSucceededBefore() {
    var file = "{name: w, steps: {many: {foreach: {x: [a, b]}, run: 'echo {x}'}}}";
    var done = ended("many[a]", Outcome.Succeeded.PLAIN);

    assertThat(owner("many-0", file)).hasValue("many[a]/1");
    assertThat(owner("many-0", file, done)).hasValue("many[a]/1");
    assertThat(owner("many-1", file, done)).hasValue("many[b]/1");
  }

  @Test
  void triesAreCountedFromTheFirstWhicheverIsUnderWay() {
    var file = "{name: w, steps: {train: {run: 'true', retries: 2}}}";
    var failed = new Outcome.Lost("its node went");

    assertThat(owner("train(0)", file, ended("train", failed))).hasValue("train/1");
    assertThat(owner("train(1)", file, ended("train", failed))).hasValue("train/2");
  }

  @Test
  void aValueOfAListThatAStepPutOutIsFoundOnceTheListIsKnown() {
    var file =
        """
        name: w
        steps:
          list: 'true'
          each: {after: list, foreach: {x: "{list.x}"}, run: 'echo {x}'}
        """;
    var put = new Outcome.Succeeded(Map.of("x", "[\"a\", \"b\"]"), false);

    assertThat(owner("each-0(1:b)", file, ended("list", put))).hasValue("each[b]/1");
  }

  @Test
  void aRetryIsNamedByWhatWasLeftWhenItWasAskedFor() {
    var file = "{name: w, steps: {many: {foreach: {x: [a, b, c]}, run: 'echo {x}'}}}";
    var broke = new Outcome.Lost("its node went");
    var retried =
        List.of(
            ended("many[a]", Outcome.Succeeded.PLAIN),
            ended("many[b]", broke),
            ended("many[c]", broke),
            new RunEvent.RetryRequested(T));
    var later = new ArrayList<>(retried);
    later.add(new RunEvent.Ended("many[b]", 2, T, Outcome.Succeeded.PLAIN, Usage.UNKNOWN));

    assertThat(owner("many-0", file, retried)).hasValue("many[b]/2");
    assertThat(owner("many-0", file, later)).hasValue("many[b]/2");
    assertThat(owner("many-1", file, later)).hasValue("many[c]/2");
  }
}
