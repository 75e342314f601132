package ferry.backends;

import static ferry.backends.ContractPlace.step;
import static org.assertj.core.api.Assertions.assertThat;

import ferry.run.RunStatus;
import ferry.tracking.RunRecord;
import ferry.tracking.StepRecord;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What commands, files, values and conditions mean, in every place to run alike. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LanguageContract {
  private static final String HOSTILE = "it's $HOME `id` $(id) $$ \"x\" {{y}} \\n 훈련 * ; | &";

  protected ContractPlace place;

  /** A place with the backend under test, in that directory. */
  abstract ContractPlace open(Path directory) throws Exception;

  @BeforeAll
  void begin(@TempDir Path directory) throws Exception {
    place = open(directory);
    place.write("data.txt", "from the code\n");
    place.environment.put("TOKEN", "hunter2hunter2");
  }

  @AfterAll
  void end() throws Exception {
    if (place != null) {
      place.close();
    }
  }

  static void assertSucceeded(RunRecord run) {
    assertThat(run.steps()).allMatch(step -> step.state().equals("succeeded"), why(run));
  }

  private static String why(RunRecord run) {
    return run.steps().stream()
        .map(step -> step.name() + " " + step.state() + " " + step.reason())
        .collect(Collectors.joining("; "));
  }

  static String reason(StepRecord step) {
    return step.attempts().getLast().reason();
  }

  @Test
  void stepsRunInTheirOrderAndHandFilesOn() {
    var run = place.oneLiner("[a: echo one > one.f, b: echo two > two.f] >> c: cat one.f two.f");

    assertSucceeded(place.ended(run));
    assertThat(place.log(run, "c")).isEqualTo("one\ntwo\n");
  }

  @Test
  void theCodeIsThere() {
    var run = place.oneLiner("a: cat data.txt");

    assertSucceeded(place.ended(run));
    assertThat(place.log(run, "a")).isEqualTo("from the code\n");
  }

  @Test
  void aStepKnowsWhatItIs() {
    var run =
        place.oneLiner(
            "a: echo $FERRY_RUN $FERRY_STEP $FERRY_ATTEMPT; test -d $FERRY_CHECKPOINT_DIR");

    assertSucceeded(place.ended(run));
    assertThat(place.log(run, "a")).isEqualTo(run + " a " + run + "/a/1\n");
  }

  @Test
  void argumentsArriveExactly() {
    var run = place.exec("printf", "%s\\n", HOSTILE, "$(TOKEN)", "two\nlines", "");

    assertSucceeded(place.ended(run));
    assertThat(place.log(run, "printf")).isEqualTo(HOSTILE + "\n$(TOKEN)\ntwo\nlines\n\n");
  }

  @Test
  void parametersAndVariablesAreNeverSyntax() {
    var run =
        place.file(
            """
            name: hostile
            params: {text: 'it''s $HOME `id` $(id) $$ "x"'}
            steps:
              a:
                run: printf '%s\\n' {text} "$FERRY_PARAM_TEXT" "$OWN"
                env: {OWN: "$(FERRY_RUN) {text}"}
            """);

    var text = "it's $HOME `id` $(id) $$ \"x\"";
    assertSucceeded(place.ended(run));
    assertThat(place.log(run, "a")).isEqualTo(text + "\n" + text + "\n$(FERRY_RUN) " + text + "\n");
  }

  @Test
  void theShellsOwnDollarsStayTheShells() {
    var run =
        place.oneLiner("a: x=5; echo $x ${x} $((x + 1)) $(echo sub) $$ | sed 's/[0-9]*$/pid/'");

    assertSucceeded(place.ended(run));
    assertThat(place.log(run, "a")).isEqualTo("5 5 6 sub pid\n");
  }

  @Test
  void valuesGoFromStepToStep() {
    var run =
        place.file(
            """
            name: values
            steps:
              a: |
                echo "accuracy=0.97" >> "$FERRY_OUTPUT"
                echo "quoted=it's \\"x\\"" >> "$FERRY_OUTPUT"
              b: {after: a, run: 'echo {a.accuracy} {a.quoted}'}
            """);

    assertSucceeded(place.ended(run));
    assertThat(place.log(run, "b")).isEqualTo("0.97 it's \"x\"\n");
  }

  @Test
  void aStepRepeatsOverAListOfTheFile() {
    var run =
        place.file(
            """
            name: listed
            steps:
              train:
                foreach: {activation: [relu, "t a n h"]}
                run: echo {activation} > {activation}.out
              all: {after: train, run: cat *.out}
            """);

    var ended = place.ended(run);
    assertSucceeded(ended);
    assertThat(ended.steps())
        .extracting(StepRecord::name)
        .containsExactly("train[relu]", "train[t a n h]", "all");
    assertThat(place.log(run, "all")).isEqualTo("relu\nt a n h\n");
  }

  @Test
  void aStepRepeatsOverAListThatAStepPutOut() {
    var run =
        place.file(
            """
            name: dynamic
            steps:
              list: echo 'parts=["x", "y z"]' >> "$FERRY_OUTPUT"
              each:
                after: list
                foreach: {part: "{list.parts}"}
                run: echo $FERRY_STEP; echo "got=$FERRY_PARAM_PART" >> "$FERRY_OUTPUT"
              all: {after: each, run: 'echo {each.got}'}
            """);

    assertSucceeded(place.ended(run));
    assertThat(place.log(run, "each[y z]")).isEqualTo("each[y z]\n");
    assertThat(place.log(run, "all")).isEqualTo("[\"x\",\"y z\"]\n");
  }

  @Test
  void valuesOfAListMayHoldAnyMark() throws Exception {
    place.write(
        "parts.txt",
        """
        parts=["relu(x)", "(1, 2)", "$(id)", "a:b/c)(0", "caf\\u00e9 !#%^*+;=?@[]_`|}~'"]
        """);
    var run =
        place.file(
            """
            name: marks
            steps:
              list: cat parts.txt >> "$FERRY_OUTPUT"
              each:
                after: list
                foreach: {part: "{list.parts}"}
                run: echo "got="{part} >> "$FERRY_OUTPUT"
              all: {after: each, run: 'echo {each.got}'}
            """);

    assertSucceeded(place.ended(run));
    assertThat(place.log(run, "all"))
        .isEqualTo(
            """
            ["relu(x)","(1, 2)","$(id)","a:b/c)(0","café !#%^*+;=?@[]_`|}~'"]
            """);
  }

  @Test
  void aConditionDecidesWhetherAStepRuns() {
    var run =
        place.file(
            """
            name: gate
            steps:
              a: echo "score=7" >> "$FERRY_OUTPUT"
              high: {after: a, when: "{a.score} > 5", run: echo high}
              low: {after: a, when: "{a.score} < 5", run: echo low}
            """);

    var ended = place.ended(run);
    assertThat(ended.summary().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(step(ended, "high").state()).isEqualTo("succeeded");
    assertThat(step(ended, "low").state()).isEqualTo("skipped");
  }
}
