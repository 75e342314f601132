package ferry.format;

import ferry.error.Location;
import ferry.error.UserError;
import ferry.error.UserException;
import java.util.List;

/** A text that a user wrote, under the name of the file it came from; knows the places in it. */
final class Source {
  private static final int LONGEST_LINE = 400;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final String name;
  private final String directory;
  private final String text;
  private final List<String> lines;

  /**
   * A text from a file.
   *
   * @param directory where the file lies, absolute; empty where nobody knows
   */
  Source(String name, String directory, String text) {
    this.name = name;
    this.directory = directory;
    this.text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    this.lines = List.of(this.text.split("\r\n|\r|\n", -1));
  }

  String name() {
    return name;
  }

  String directory() {
    return directory;
  }

  String text() {
    return text;
  }

  List<String> lines() {
    return lines;
  }

  /** The text of a span, as written. */
  String text(Span span) {
    int start = text.offsetByCodePoints(0, span.start());
    return text.substring(start, text.offsetByCodePoints(start, span.end() - span.start()));
  }

  /** A place; line and column from 0, the length cut to the line. */
  Location location(int line, int column, int length) {
    var whole = line < lines.size() ? lines.get(line) : "";
    int room = whole.codePointCount(0, whole.length()) - column;
    return new Location(
        name, line + 1, column + 1, Math.max(1, Math.min(length, room)), shown(whole));
  }

  Location location(Span span) {
    int length =
        span.endLine() == span.line() ? span.endColumn() - span.column() : Integer.MAX_VALUE;
    return location(span.line(), span.column(), length);
  }

  /**
   * The place of a part of a value, given by code points of the value. Where the value is not in
   * the file as it is read, because of escapes or folded lines, it is the same text on its first
   * line that has it, else the whole value.
   */
  Location location(Node.Scalar value, int start, int length) {
    var written = text(value.span());
    int from = value.text().offsetByCodePoints(0, start);
    var part = value.text().substring(from, value.text().offsetByCodePoints(from, length));
    int whole = written.indexOf(value.text());
    int at = whole >= 0 ? whole + from : part.isEmpty() ? -1 : written.indexOf(part);
    return at < 0 ? location(value.span()) : within(value.span(), written.substring(0, at), length);
  }

  /** The place behind what comes before it in a span. */
  private Location within(Span span, String before, int length) {
    var lines = before.split("\r\n|\r|\n", -1);
    var last = lines[lines.length - 1];
    int column = last.codePointCount(0, last.length());
    int line = span.line() + lines.length - 1;
    return location(line, lines.length == 1 ? span.column() + column : column, length);
  }

  /** A place whose line is shown only up to its end. */
  Location upTo(Span span) {
    var place = location(span);
    int shown = place.column() - 1 + place.length();
    var text = place.text();
    int end = text.offsetByCodePoints(0, Math.min(shown, text.codePointCount(0, text.length())));
    return new Location(
        name, place.line(), place.column(), place.length(), text.substring(0, end) + "…");
  }

  UserException error(UserError error, Span span) {
    return new UserException(error, location(span));
  }

  private static String shown(String line) {
    int length = line.codePointCount(0, line.length());
    return length <= LONGEST_LINE
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_LINE));
  }
}
