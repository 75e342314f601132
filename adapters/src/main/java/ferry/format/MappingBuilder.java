package ferry.format;

import ferry.error.FileError;
import ferry.error.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a mapping of its keys and values: refuses keys that are no text or stand twice, and works
 * merges in.
 */
final class MappingBuilder {
  private final Source source;
  private final Span span;
  private final List<Node> children;
  private final Map<String, Node.Entry> own = new LinkedHashMap<>();
  private final List<Node> merged = new ArrayList<>();

  /** The children are keys and values in turn. */
  MappingBuilder(Source source, Span span, List<Node> children) {
    this.source = source;
    this.span = span;
    this.children = children;
  }

  Node.Mapping build() {
    for (int i = 0; i + 1 < children.size(); i += 2) {
      var key = key(children.get(i));
      if (YamlTree.isMerge(key)) {
        merged.add(children.get(i + 1));
      } else {
        put(new Node.Entry(key, children.get(i + 1)));
      }
    }
    merged.forEach(this::merge);
    return new Node.Mapping(span, List.copyOf(own.values()));
  }

  private Node.Scalar key(Node node) {
    if (!(node instanceof Node.Scalar key)) {
      var help = List.of("a text that begins with `{` or `[` needs quotes");
      throw bad(node.described() + " cannot be a key", help, node.span());
    }
    if (key.isNothing()) {
      throw bad("a key is missing before `:`", List.of(), key.span());
    }
    return key;
  }

  private void put(Node.Entry entry) {
    var first = own.putIfAbsent(entry.key().text(), entry);
    if (first != null) {
      int firstLine = first.key().span().line() + 1;
      int line = entry.key().span().line() + 1;
      var error = new FileError.DuplicateKey(entry.key().shown(), firstLine, line);
      throw source.error(error, entry.key().span());
    }
  }

  /** Keys that are there stay as they are. */
  private void merge(Node node) {
    switch (node) {
      case Node.Mapping mapping ->
          mapping.entries().forEach(entry -> own.putIfAbsent(entry.key().text(), entry));
      case Node.Sequence sequence
          when sequence.items().stream().allMatch(Node.Mapping.class::isInstance) ->
          sequence.items().forEach(this::merge);
      case Node.Sequence _, Node.Scalar _ -> {
        var help = List.of("write `<<: *name`, where `&name` stands before a mapping");
        throw bad("`<<` takes in " + node.described() + "; expected a mapping", help, node.span());
      }
    }
  }

  private UserException bad(String message, List<String> help, Span at) {
    return source.error(new FileError.BadYaml(message, help), at);
  }
}
