package ferry.kubernetes.argo;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.kubernetes.PodSetting;
import ferry.run.RunState;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Values of lists, in the names of a real Argo's nodes and in the shell of a step. */
class NodeNameTest {
  private static final String MARKS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ a";

  private final Tasks tasks = tasks();

  private static Tasks tasks() {
    var plan =
        ArgoTexts.plan(
            """
            name: repeated
            steps:
              list: 'true'
              each: {after: list, foreach: {x: "{list.x}"}, run: 'echo {x}', retries: 1}
            """,
            PodSetting.ofImage("python:3"),
            Map.of());
    return Tasks.of(plan, RunState.of(plan.workflow()));
  }

  private Optional<String> item(String name) {
    return NodeName.of("run", name, tasks).orElseThrow().item();
  }

  private static String shell(String functions, String call, String value) throws Exception {
    var process = new ProcessBuilder("sh", "-c", functions + call, "sh", value).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return said.stripTrailing();
  }

  @Test
  void aValueWithParenthesesIsFoundAgain() {
    var name = "run.each-0(0:" + ArgoText.encoded("relu(x)(1)") + ")";

    assertThat(name).isEqualTo("run.each-0(0:relu%28x%29%281%29)");
    assertThat(item(name + "(2)")).hasValue("relu(x)(1)");
    assertThat(NodeName.of("run", name + "(2)", tasks).orElseThrow().attempt())
        .isEqualTo(OptionalInt.of(2));
    assertThat(NodeName.of("run", name, tasks).orElseThrow().attempt()).isEmpty();
  }

  @Test
  void aValueIsNamedAsItsListWroteIt() {
    assertThat(item("run.each-0(0:caf\\u00e9 \\ud83d\\ude00)")).hasValue("café 😀");
    assertThat(item("run.each-0(0:a\\/b\\u0024\\f)")).hasValue("a/b$\f");
    assertThat(item("run.each-0(0:%5Cu0041)")).hasValue("\\u0041");
  }

  @Test
  void stepsEncodeAndDecodeEveryMark() throws Exception {
    var encoded = shell(ArgoScript.ENCODE, "printf '%s\\n' \"$1\" | encode", MARKS);

    assertThat(encoded).isEqualTo(ArgoText.encoded(MARKS)).doesNotContain("(", ")");
    assertThat(shell(ArgoScript.DECODE, "decode \"$1\"", encoded)).isEqualTo(MARKS);
  }

  @Test
  void noValueOfAListHasAParenthesisLeft() throws Exception {
    assertThat(
            shell(
                ArgoScript.ENCODE,
                "printf '%s\\n' \"$1\" | list",
                "[\"relu(x)\", \"(1, 2)\", \"$(id)\"]"))
        .isEqualTo("[\"relu%28x%29\", \"%281, 2%29\", \"%24%28id%29\"]");
  }

  @Test
  void whatAListWroteAsANumberIsEncodedToo() throws Exception {
    var listed = "[\"\\u002522\", \"\\u0024\\u0028id\\u0029\", \"\\\\u0025\"]";

    assertThat(shell(ArgoScript.ENCODE, "printf '%s\\n' \"$1\" | list", listed))
        .isEqualTo("[\"%2522\", \"%24%28id%29\", \"%5Cu0025\"]");
  }
}
