package ferry.format;

import ferry.error.FileError;
import ferry.error.UserException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Builds the tree of one YAML document from the parser's events, without recursion. Anchors,
 * aliases and merges ({@code <<}) are understood; what they expand to is counted, so that a few
 * lines cannot become gigabytes, and nesting is bounded, so that nothing that walks the tree later
 * runs out of stack.
 */
final class YamlTree {
  private static final int DEEPEST = 50;
  private static final int MOST_NODES = 200_000;
  private static final String MERGE = "<<";

  private final Source source;
  private final Deque<Open> open = new ArrayDeque<>();
  private final Map<String, Counted> anchors = new HashMap<>();
  private final Set<String> unfinished = new HashSet<>();
  private int documents;
  private @Nullable Node root;

  /** A node and how many nodes it holds when all aliases are written out, itself included. */
  private record Counted(Node node, int nodes) {}

  /** A list or mapping whose end was not yet seen; a mapping's keys and values take turns. */
  private static final class Open {
    final Optional<String> anchor;
    final boolean mapping;
    final Span start;
    final List<Node> children = new ArrayList<>();
    int nodes = 1;

    Open(Optional<String> anchor, boolean mapping, Span start) {
      this.anchor = anchor;
      this.mapping = mapping;
      this.start = start;
    }
  }

  private YamlTree(Source source) {
    this.source = source;
  }

  /**
   * Reads the one document of a text.
   *
   * @return empty where there is nothing but comments
   * @throws UserException for anything that YAML or this class does not allow, with its place
   */
  static Optional<Node> read(Source source) {
    var tree = new YamlTree(source);
    var settings = LoadSettings.builder().setUseMarks(true).build();
    try {
      new Parse(settings).parseString(Braces.hidden(source.text())).forEach(tree::accept);
    } catch (YamlEngineException e) {
      throw YamlWords.reworded(e, source);
    }
    return Optional.ofNullable(tree.root);
  }

  private void accept(Event event) {
    switch (event) {
      case DocumentStartEvent start -> refuseSecond(start);
      case ScalarEvent scalar -> scalar(scalar);
      case AliasEvent alias -> alias(alias);
      case SequenceStartEvent start -> open(start, start.getTag(), false);
      case MappingStartEvent start -> open(start, start.getTag(), true);
      default -> {
        if (event.getEventId() == Event.ID.SequenceEnd
            || event.getEventId() == Event.ID.MappingEnd) {
          close(event);
        }
      }
    }
  }

  private void refuseSecond(DocumentStartEvent start) {
    documents++;
    if (documents > 1) {
      var help = List.of("keep one document in a file; `---` begins the next one");
      throw bad("there is more than one document in this file", help, span(start));
    }
  }

  private void scalar(ScalarEvent event) {
    event.getTag().ifPresent(tag -> refuseTag(tag, span(event)));
    if (event.getValue().indexOf('\0') >= 0) {
      var help = List.of("no command, variable or name of a file can have one: leave it out");
      throw bad("there is a NUL character in this text", help, span(event));
    }
    boolean plain = event.isPlain() && event.getTag().isEmpty();
    var counted =
        new Counted(new Node.Scalar(span(event), Braces.shown(event.getValue()), plain), 1);
    anchor(event).ifPresent(name -> anchors.put(name, counted));
    add(counted);
  }

  private void open(NodeEvent event, Optional<String> tag, boolean mapping) {
    tag.ifPresent(name -> refuseTag(name, span(event)));
    if (open.size() >= DEEPEST) {
      var help = List.of("nothing in a workflow needs more than ten");
      throw bad("lists and mappings are nested more than " + DEEPEST + " deep", help, span(event));
    }
    anchor(event).ifPresent(unfinished::add);
    open.push(new Open(anchor(event), mapping, span(event)));
  }

  private void close(Event event) {
    var done = open.pop();
    var whole = joined(done.start, span(event));
    var node =
        done.mapping
            ? new MappingBuilder(source, whole, done.children).build()
            : new Node.Sequence(whole, done.children);
    var counted = new Counted(node, done.nodes);
    done.anchor.ifPresent(name -> {
      unfinished.remove(name);
      anchors.put(name, counted);
    });
    add(counted);
  }

  private void alias(AliasEvent event) {
    var name = event.getAlias().getValue();
    if (unfinished.contains(name)) {
      throw bad("`*" + name + "` stands inside of what it names", List.of(), span(event));
    }
    var target = anchors.get(name);
    if (target == null) {
      var help = List.of("if the text itself begins with `*`, put it in quotes");
      throw bad(
          "`*" + name + "` repeats something, but no `&" + name + "` is above", help, span(event));
    }
    add(target);
  }

  private void add(Counted counted) {
    var parent = open.peek();
    if (parent == null) {
      root = counted.node();
      return;
    }
    parent.nodes += counted.nodes();
    if (parent.nodes > MOST_NODES) {
      var help =
          List.of("aliases (`*name`) repeat what they name, and here they repeat each other");
      var message = "the file grows to more than %,d values".formatted(MOST_NODES);
      throw bad(message, help, counted.node().span());
    }
    parent.children.add(counted.node());
  }

  private void refuseTag(String tag, Span span) {
    if (tag.startsWith("tag:yaml.org,2002:") && !tag.contains("/") || tag.equals("!")) {
      return;
    }
    var help =
        List.of(
            "take the `!` and the word after it away; a text that begins with `!` needs quotes");
    throw bad("a type mark (`!`) means nothing in a workflow file", help, span);
  }

  private UserException bad(String message, List<String> help, Span span) {
    return source.error(new FileError.BadYaml(message, help), span);
  }

  private static Optional<String> anchor(NodeEvent event) {
    return event.getAnchor().map(anchor -> anchor.getValue());
  }

  private static Span joined(Span start, Span end) {
    return new Span(
        start.line(), start.column(), end.endLine(), end.endColumn(), start.start(), end.end());
  }

  private static Span span(Event event) {
    var start = event.getStartMark().orElseThrow();
    var end = event.getEndMark().orElseThrow();
    return new Span(
        start.getLine(),
        start.getColumn(),
        end.getLine(),
        end.getColumn(),
        start.getIndex(),
        end.getIndex());
  }

  static boolean isMerge(Node.Scalar key) {
    return key.plain() && key.text().equals(MERGE);
  }

  /** A place without length, for errors of the parser. */
  static Span span(Mark mark) {
    return new Span(
        mark.getLine(),
        mark.getColumn(),
        mark.getLine(),
        mark.getColumn() + 1,
        mark.getIndex(),
        mark.getIndex());
  }
}
