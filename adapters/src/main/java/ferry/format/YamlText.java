package ferry.format;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Writes trees of maps, lists, texts, numbers, truth values and null as YAML that reads well. A
 * text that any YAML, 1.1 included, would take for something else is quoted; one of several lines
 * is a block.
 */
public final class YamlText {
  private static final Pattern NO_TEXT_ELSEWHERE =
      Pattern.compile(
          "(?i)y|n|yes|no|on|off|true|false|null|~|=|<<|[-+]?\\.?[0-9][0-9_.,:eExXoOa-fA-F+-]*|[-+]?\\.(inf|nan)"
              + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*");
  private static final DumpSettings SETTINGS =
      DumpSettings.builder()
          .setIndent(2)
          .setIndicatorIndent(2)
          .setIndentWithIndicator(true)
          .setWidth(10_000)
          .setSplitLines(false)
          .build();

  private YamlText() {}

  /**
   * One document, ending with a line break.
   *
   * @param tree a {@link Map} with text keys, {@link Iterable}, {@link CharSequence}, {@link
   *     Number}, {@link Boolean} or null
   * @throws IllegalArgumentException for anything else in it
   */
  public static String of(@Nullable Object tree) {
    var events = new Serialize(SETTINGS).serializeOne(node(tree));
    return new Present(SETTINGS).emitToString(events.iterator());
  }

  private static Node node(@Nullable Object value) {
    return switch (value) {
      case null -> new ScalarNode(Tag.NULL, "null", ScalarStyle.PLAIN);
      case Map<?, ?> map -> mapping(map);
      case Iterable<?> items -> sequence(items);
      case CharSequence text -> text(text.toString());
      case Boolean truth -> new ScalarNode(Tag.BOOL, truth.toString(), ScalarStyle.PLAIN);
      case Double d -> new ScalarNode(Tag.FLOAT, fraction(d), ScalarStyle.PLAIN);
      case Float f -> new ScalarNode(Tag.FLOAT, fraction(f), ScalarStyle.PLAIN);
      case Number number -> new ScalarNode(Tag.INT, number.toString(), ScalarStyle.PLAIN);
      default -> throw new IllegalArgumentException("no YAML for " + value.getClass());
    };
  }

  private static Node mapping(Map<?, ?> map) {
    List<NodeTuple> entries =
        map.entrySet().stream()
            .map(entry -> new NodeTuple(text(entry.getKey().toString()), node(entry.getValue())))
            .toList();
    return new MappingNode(Tag.MAP, entries, entries.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
  }

  private static Node sequence(Iterable<?> items) {
    var nodes = new java.util.ArrayList<Node>();
    items.forEach(item -> nodes.add(node(item)));
    return new SequenceNode(Tag.SEQ, nodes, nodes.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
  }

  private static Node text(String text) {
    return new ScalarNode(Tag.STR, text, style(text));
  }

  private static ScalarStyle style(String text) {
    if (text.contains("\n")
        && text.lines().noneMatch(line -> line.endsWith(" ") || line.contains("\t"))) {
      return ScalarStyle.LITERAL;
    }
    return NO_TEXT_ELSEWHERE.matcher(text).matches()
        ? ScalarStyle.DOUBLE_QUOTED
        : ScalarStyle.PLAIN;
  }

  private static String fraction(double number) {
    if (Double.isNaN(number)) {
      return ".nan";
    }
    return Double.isInfinite(number) ? (number > 0 ? ".inf" : "-.inf") : Double.toString(number);
  }
}
