package ferry.format;

import ferry.error.FileError;
import ferry.error.Location;
import ferry.error.UserError;
import ferry.error.UserException;
import ferry.workflow.Names;
import java.util.ArrayList;
import java.util.List;

/** A mapping of another program's file, and the words for what is wrong about its keys. */
abstract class ForeignMapping {
  private final Source source;
  private final Node.Mapping mapping;
  private final String path;

  /**
   * A mapping.
   *
   * @param path what leads to it, with a dot at its end
   */
  ForeignMapping(Source source, Node.Mapping mapping, String path) {
    this.source = source;
    this.mapping = mapping;
    this.path = path;
  }

  UserException wrong(Node node, String what, String expected, String... help) {
    return error(new FileError.WrongType(what, node.described(), expected, List.of(help)), node);
  }

  /** An error about a word that is none of those that are known. */
  UserException unknown(String key, String found, List<String> known, String... help) {
    var all = new ArrayList<String>();
    Names.nearest(found, known).ifPresent(near -> all.add("did you mean `" + near + "`?"));
    all.addAll(List.of(help));
    return bad(key, "`" + found + "`", oneOf(known), all.toArray(String[]::new));
  }

  private static String oneOf(List<String> known) {
    return known.size() == 1
        ? "`" + known.getFirst() + "`"
        : "one of `" + String.join("`, `", known) + "`";
  }

  /** The raw text of a key's value, for errors; empty where it is none. */
  String written(String key) {
    return mapping.value(key).orElse(mapping) instanceof Node.Scalar text ? text.shown() : "";
  }

  /** An error about a part of a text. */
  UserException badPart(
      Node.Scalar text,
      int start,
      int length,
      String key,
      String found,
      String expected,
      String... help) {
    var error = new FileError.WrongType(what(key), found, expected, List.of(help));
    return new UserException(error, source.location(text, start, length));
  }

  UserException wrong(Node node, String found, String what, String expected) {
    return error(new FileError.WrongType(what, found, expected, List.of()), node);
  }

  /** An error about a key's value, in whatever words. */
  UserException bad(String key, String found, String expected, String... help) {
    var error = new FileError.WrongType(what(key), found, expected, List.of(help));
    return error(error, mapping.value(key).orElse(mapping));
  }

  /** An error about a value that another program refuses, in that program's words. */
  UserException refused(String key, String found, String rule, String... help) {
    var error = new FileError.Refused(what(key), found, rule, List.of(help));
    return error(error, mapping.value(key).orElse(mapping));
  }

  UserException error(UserError error, Node node) {
    return source.error(error, node.span());
  }

  Location place(String key) {
    return source.location(mapping.value(key).orElse(mapping).span());
  }

  Source source() {
    return source;
  }

  /** What leads to a key of it. */
  String path() {
    return path;
  }

  Node.Mapping mapping() {
    return mapping;
  }

  String what(String key) {
    return "`" + path + key + "`";
  }

  /** What it is called itself. */
  String label() {
    return path.isEmpty() ? "the file" : "`" + path.substring(0, path.length() - 1) + "`";
  }
}
