package ferry.format;

import ferry.error.DefinitionError;
import ferry.workflow.CpuText;
import ferry.workflow.DurationText;
import ferry.workflow.MemoryText;
import ferry.workflow.Resources;
import ferry.workflow.Retries;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What both {@code defaults} and a step can ask for.
 *
 * @param gpus how many, and of what kind
 * @param env values with their places, because they may hold placeholders
 */
record Wishes(
    OptionalLong cpuMillis,
    OptionalLong memoryBytes,
    Gpus gpus,
    Map<String, Node.Scalar> env,
    Retries retries,
    Optional<Duration> timeout) {
  private static final int MOST_GPUS = 100_000;

  record Gpus(int count, Optional<String> kind) {}

  static final Wishes NONE =
      new Wishes(
          OptionalLong.empty(),
          OptionalLong.empty(),
          new Gpus(0, Optional.empty()),
          Map.of(),
          Retries.NONE,
          Optional.empty());

  /** Reads them; what is not there is taken from the fallback, and environments are joined. */
  static Wishes read(Fields fields, Wishes fallback) {
    var env = new LinkedHashMap<>(fallback.env);
    env.putAll(fields.namedTexts("env", name -> variable(fields, name)));
    return new Wishes(
        or(fields.parsed("cpu", text -> CpuText.parseAsked("cpu", text)), fallback.cpuMillis),
        or(
            fields.parsed("memory", text -> MemoryText.parseAsked("memory", text)),
            fallback.memoryBytes),
        fields.node("gpu").map(node -> gpus(fields, node)).orElse(fallback.gpus),
        env,
        fields.node("retries").map(node -> retries(fields, node)).orElse(fallback.retries),
        fields.text("timeout").map(text -> timeout(fields, text)).or(() -> fallback.timeout));
  }

  Resources resources() {
    return new Resources(cpuMillis, memoryBytes, gpus.count, gpus.kind);
  }

  private static OptionalLong or(Optional<Long> value, OptionalLong fallback) {
    return value.map(OptionalLong::of).orElse(fallback);
  }

  private static Gpus gpus(Fields fields, Node node) {
    if (node instanceof Node.Scalar scalar) {
      var count =
          fields.number(fields.text(scalar, fields.what("gpu")), fields.what("gpu"), 0, MOST_GPUS);
      return new Gpus(count, Optional.empty());
    }
    var inner = fields.inner("gpu", node, FerryKeys.GPUS);
    int count = inner.number("count", 0, MOST_GPUS).orElse(1);
    return new Gpus(count, inner.text("kind").map(Node.Scalar::text));
  }

  private static Retries retries(Fields fields, Node node) {
    if (node instanceof Node.Scalar scalar) {
      return new Retries(fields.number(scalar, fields.what("retries"), 0, 100), Duration.ZERO);
    }
    var inner = fields.inner("retries", node, FerryKeys.RETRY);
    var limit = inner.text(inner.needed("limit"), inner.what("limit"));
    return new Retries(
        inner.number(limit, inner.what("limit"), 0, 100),
        inner
            .parsed("backoff", value -> DurationText.parse("backoff", value))
            .orElse(Duration.ZERO));
  }

  private static Duration timeout(Fields fields, Node.Scalar text) {
    var timeout = fields.parsed("timeout", text, value -> DurationText.parse("timeout", value));
    if (timeout.isZero()) {
      var help = List.of("leave it out where a step may run as long as it likes");
      throw fields.error(
          new DefinitionError.BadValue(
              Optional.empty(), Optional.of("timeout"), text.shown(), "more than nothing", help),
          text);
    }
    return timeout;
  }

  /** The name of an environment variable. */
  static String variable(Fields fields, Node.Scalar name) {
    if (!name.text().matches("[A-Za-z_][A-Za-z0-9_]*")) {
      var expected = "letters, digits and `_`, no digit first";
      throw fields.error(new DefinitionError.BadName("variable", name.shown(), expected), name);
    }
    if (name.text().startsWith("FERRY_")) {
      var expected = "one that does not begin with `FERRY_`: Ferry sets these";
      throw fields.error(new DefinitionError.BadName("variable", name.shown(), expected), name);
    }
    return name.text();
  }
}
