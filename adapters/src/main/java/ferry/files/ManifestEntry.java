package ferry.files;

import java.util.Optional;

/**
 * One line of a snapshot's manifest.
 *
 * @param word the hash of a file's content, a link's target, or for a file too large to keep its
 *     time of change; empty for a directory
 */
record ManifestEntry(Kind kind, String word, long size, String path) {

  enum Kind {
    FILE('f'),
    EXECUTABLE('x'),
    LINK('l'),
    DIRECTORY('d'),
    /** Over 100 MB: known by size and time, not kept. */
    LARGE('b');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }
  }

  boolean isKept() {
    return kind == Kind.FILE || kind == Kind.EXECUTABLE;
  }

  /** A word that changes when the file does. */
  String content() {
    return kind.letter + word + ":" + size;
  }

  String line() {
    return kind.letter + "\t" + escaped(word) + "\t" + size + "\t" + escaped(path) + "\n";
  }

  static Optional<ManifestEntry> parse(String line) {
    var parts = line.split("\t", -1);
    if (parts.length != 4 || parts[0].length() != 1) {
      return Optional.empty();
    }
    for (var kind : Kind.values()) {
      if (kind.letter == parts[0].charAt(0)) {
        long size = Long.parseLong(parts[2]);
        return Optional.of(new ManifestEntry(kind, plain(parts[1]), size, plain(parts[3])));
      }
    }
    return Optional.empty();
  }

  private static String escaped(String text) {
    return text.indexOf('\\') < 0
            && text.indexOf('\n') < 0
            && text.indexOf('\t') < 0
            && text.indexOf('\r') < 0
        ? text
        : text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r");
  }

  private static String plain(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    var plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        c =
            switch (text.charAt(++i)) {
              case 'n' -> '\n';
              case 't' -> '\t';
              case 'r' -> '\r';
              default -> text.charAt(i);
            };
      }
      plain.append(c);
    }
    return plain.toString();
  }
}
