package ferry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.backend.Code;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.run.Outcome;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.Usage;
import ferry.workflow.Command;
import ferry.workflow.Condition;
import ferry.workflow.Foreach;
import ferry.workflow.Foreach.Items;
import ferry.workflow.Resources;
import ferry.workflow.Retries;
import ferry.workflow.Schedule;
import ferry.workflow.SecretRef;
import ferry.workflow.Step;
import ferry.workflow.StepFiles;
import ferry.workflow.Surroundings;
import ferry.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

class CodecTest {
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123Z");

  static final List<Outcome> OUTCOMES =
      List.of(
          new Outcome.Succeeded(Map.of("accuracy", "0.97"), true),
          new Outcome.Failed(Outcome.Cause.OUT_OF_MEMORY, OptionalInt.of(137), "took 2 GB"),
          new Outcome.Stopped(OptionalInt.of(143)),
          new Outcome.Lost("the machine was started again"));

  static final List<RunEvent> EVENTS =
      Stream.<RunEvent>concat(
              Stream.<RunEvent>of(
                  new RunEvent.Submitted(AT),
                  new RunEvent.StopRequested(AT, "enough\n\"seen\""),
                  new RunEvent.RetryRequested(AT),
                  new RunEvent.Launching("train[ü,\u2028]", 2, AT, "boot-1/pid:[4026531836]"),
                  new RunEvent.Queued("train[relu]", 2, AT, "boot-1"),
                  new RunEvent.Started("train[relu]", 2, AT),
                  new RunEvent.Pending("train[relu]", 2, AT, "no room"),
                  new RunEvent.Ended("b", 1, AT, Outcome.Succeeded.PLAIN, Usage.UNKNOWN)),
              OUTCOMES.stream()
                  .map(outcome -> new RunEvent.Ended("a", 3, AT, outcome, Usage.of(1.5, 1L << 40))))
          .toList();

  static final List<Command> COMMANDS =
      List.of(
          new Command.Shell("python train.py --lr {lr}\n\techo \"ü\" '\u0001'"),
          new Command.Exec(List.of("python", "", "a b")));

  static final List<Items> ITEMS =
      List.of(new Items.Listed(List.of("relu", "tanh", "")), new Items.FromStep("list", "names"));

  private static Step step(Command command) {
    var variables = new LinkedHashMap<String, Items>();
    ITEMS.forEach(items -> variables.put("v" + variables.size(), items));
    var resources =
        new Resources(OptionalLong.of(500), OptionalLong.of(1L << 33), 2, Optional.of("a100"));
    return Step.named("train", command)
        .after(List.of("list"))
        .foreach(new Foreach(variables))
        .when(Condition.parse("{list.names} == 'x'"))
        .resources(resources)
        .surroundings(
            new Surroundings(
                Map.of("LR", "{lr}"),
                Map.of("TOKEN", new SecretRef("hub", "token")),
                Optional.of("requirements.txt")))
        .retries(new Retries(3, Duration.ofMillis(1500)))
        .timeout(Duration.ofHours(2))
        .files(new StepFiles(List.of("data/*.csv"), List.of("model.bin"), true))
        .workers(4)
        .build();
  }

  private static Plan plan(Command command, Origin.Kind kind) {
    var params = new LinkedHashMap<String, String>();
    params.put("z", "1");
    params.put("a", "2");
    var workflow =
        new Workflow(
            "digits.v2",
            params,
            List.of(Step.of("list", "true"), step(command)),
            List.of(Step.of("tidy", "rm -f x")),
            Optional.of(new Schedule("0 3 * * *", ZoneId.of("Europe/Berlin"))));
    return new Plan(
        new RunId("digits-bbbbb"),
        workflow,
        "local",
        new Place("/home/ada", Map.of("HOME", "/home/ada"), "ada", "laptop"),
        new Origin(kind, "text", Optional.of("ferry.yaml"), Optional.of(new RunId("digits-ccccc"))),
        new Code(Optional.of("ab12"), Optional.of("cd34"), true, Optional.of("not packed")),
        "digest",
        AT);
  }

  private static Plan throughJson(Plan plan) {
    return PlanCodec.read(PlanCodec.write(plan), plan.place().environment());
  }

  @ParameterizedTest
  @FieldSource("EVENTS")
  void anEventComesBackAsItWas(RunEvent event) {
    assertThat(EventCodec.readAll(EventCodec.kind(event), event.at(), EventCodec.body(event)))
        .containsExactly(event);
  }

  @Test
  void whatATurnMadeOfStepsComesBackInItsOrder() {
    var events =
        EVENTS.stream()
            .filter(RunEvent.StepEvent.class::isInstance)
            .map(RunEvent.StepEvent.class::cast)
            .toList();

    assertThat(EventCodec.readAll("turn", AT.plusSeconds(9), EventCodec.turn(events)))
        .isEqualTo(events);
  }

  @ParameterizedTest
  @FieldSource("COMMANDS")
  void aPlanComesBackAsItWas(Command command) {
    var plan = plan(command, Origin.Kind.FILE);

    assertThat(throughJson(plan)).isEqualTo(plan);
    assertThat(throughJson(plan).workflow().params().keySet()).containsExactly("z", "a");
  }

  @ParameterizedTest
  @EnumSource
  void everyWayToAskForARunComesBack(Origin.Kind kind) {
    var plan = plan(COMMANDS.getFirst(), kind);

    assertThat(throughJson(plan)).isEqualTo(plan);
  }

  @ParameterizedTest
  @EnumSource
  void everyCauseOfFailureComesBack(Outcome.Cause cause) {
    var outcome = new Outcome.Failed(cause, OptionalInt.empty(), "why");
    var event = new RunEvent.Ended("a", 1, AT, outcome, Usage.UNKNOWN);

    assertThat(EventCodec.readAll("ended", AT, EventCodec.body(event))).containsExactly(event);
  }

  @Test
  void everyCaseIsAmongTheSamples() {
    assertThat(kinds(EVENTS)).isEqualTo(cases(RunEvent.class));
    assertThat(kinds(OUTCOMES)).isEqualTo(cases(Outcome.class));
    assertThat(kinds(COMMANDS)).isEqualTo(cases(Command.class));
    assertThat(kinds(ITEMS)).isEqualTo(cases(Items.class));
  }

  @Test
  void fieldsThatALaterVersionAddedArePassedOver() {
    var body = "{\"step\":\"a\",\"attempt\":1,\"node\":{\"name\":[1,2.5,null,true]},\"x\":null}";

    assertThat(EventCodec.readAll("started", AT, body))
        .containsExactly(new RunEvent.Started("a", 1, AT));
  }

  @Test
  void whatCannotBeReadIsSaidInWords() {
    assertThatThrownBy(() -> EventCodec.readAll("started", AT, "{\"attempt\":1}"))
        .hasMessage("what is stored of a run cannot be read: `step` is missing");
  }

  @Test
  void theEnvironmentIsNoPartOfTheJson() {
    assertThat(PlanCodec.write(plan(COMMANDS.getFirst(), Origin.Kind.EXEC)))
        .doesNotContain("HOME")
        .contains("\"kind\":\"exec\"");
  }

  private static Set<Class<?>> kinds(List<?> samples) {
    return samples.stream().map(Object::getClass).collect(Collectors.toSet());
  }

  private static Set<Class<?>> cases(Class<?> sealed) {
    return sealed.isSealed()
        ? Arrays.stream(sealed.getPermittedSubclasses())
            .flatMap(kind -> cases(kind).stream())
            .collect(Collectors.toSet())
        : Set.of(sealed);
  }
}
