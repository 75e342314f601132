package ferry.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class YamlTextTest {
  private static final List<String> PARTS =
      List.of(
          "a",
          "no",
          "yes",
          "~",
          "null",
          "1",
          "1e5",
          ".5",
          "0x1",
          "-",
          "- ",
          ": ",
          " #",
          "\n",
          "\n\n",
          " ",
          "\t",
          "'",
          "\"",
          "{",
          "}",
          "[",
          "]",
          ",",
          "&",
          "*",
          "!",
          "|",
          ">",
          "%",
          "@",
          "`",
          "é",
          "🚀",
          "\\",
          "\u0007",
          "=",
          "<<",
          "12:30",
          "2026-01-02",
          "?",
          "\r",
          "\u2028",
          "word",
          "a long text of several words");

  @Test
  void aTreeReadsWell() {
    assertThat(YamlText.of(tree()))
        .isEqualTo(
            """
            name: digits
            steps:
              - name: train
                run: |-
                  set -e
                  python train.py --lr {lr}
                env:
                  LR: "1e-5"
                  FLAG: "no"
                  VERSION: "1.10"
                  TIME: "12:30:00"
                  EMPTY: ''
                  COLON: 'a: b'
                  BRACE: '{x}'
                cpu: 1.5
                workers: 1
                cache: true
                timeout: null
                outputs: []
                secrets: {}
            """);
  }

  @Test
  void theSameTreeIsReadableJson() {
    assertThat(JsonText.of(Map.of("a", Arrays.asList(1, 0.5, true, null, "x\n", List.of()))))
        .isEqualTo(
            """
            {
              "a" : [
                1,
                0.5,
                true,
                null,
                "x\\n",
                [ ]
              ]
            }
            """);
  }

  @Test
  void whatIsWrittenIsReadBackEqual() {
    for (int seed = 0; seed < 3_000; seed++) {
      var tree = random(new Random(seed), 4);
      var text = YamlText.of(tree);

      assertThat(new Load(LoadSettings.builder().build()).loadFromString(text))
          .as("seed %d:%n%s", seed, text)
          .isEqualTo(tree);
    }
  }

  private static Object random(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> random.nextInt(1000);
      case 1 -> random.nextBoolean();
      case 2, 3, 4 -> text(random);
      case 5 -> random.nextInt(1000) / 8.0;
      case 6 -> list(random, depth);
      default -> map(random, depth);
    };
  }

  private static List<Object> list(Random random, int depth) {
    var list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(random(random, depth - 1));
    }
    return list;
  }

  private static Map<String, Object> map(Random random, int depth) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(text(random), random(random, depth - 1));
    }
    return map;
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(PARTS.get(random.nextInt(PARTS.size())));
    }
    return text.toString();
  }

  private static Map<String, Object> tree() {
    var step = new LinkedHashMap<String, Object>();
    step.put("name", "train");
    step.put("run", "set -e\npython train.py --lr {lr}");
    var env = new LinkedHashMap<String, Object>();
    env.put("LR", "1e-5");
    env.put("FLAG", "no");
    env.put("VERSION", "1.10");
    env.put("TIME", "12:30:00");
    env.put("EMPTY", "");
    env.put("COLON", "a: b");
    env.put("BRACE", "{x}");
    step.put("env", env);
    step.put("cpu", 1.5);
    step.put("workers", 1);
    step.put("cache", true);
    step.put("timeout", null);
    step.put("outputs", List.of());
    step.put("secrets", Map.of());
    var tree = new LinkedHashMap<String, Object>();
    tree.put("name", "digits");
    tree.put("steps", List.of(step));
    return tree;
  }
}
