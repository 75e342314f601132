package ferry.files;

/**
 * A path held against a pattern as git does it (wildmatch.c with {@code WM_PATHNAME}): {@code *}
 * and {@code ?} stop at slashes, {@code **} between slashes does not.
 */
final class Wildcard {
  private final String pattern;
  private final String text;

  Wildcard(String pattern, String text) {
    this.pattern = pattern;
    this.text = text;
  }

  boolean matches() {
    return matches(0, 0);
  }

  private boolean matches(int inPattern, int inText) {
    int p = inPattern;
    int t = inText;
    while (p < pattern.length()) {
      char c = pattern.charAt(p);
      if (c == '*') {
        return stars(p, t);
      }
      if (t >= text.length()) {
        return false;
      }
      if (c == '[') {
        var bracket = new Bracket(pattern, p);
        if (text.charAt(t) == '/' || !bracket.holds(text.charAt(t))) {
          return false;
        }
        p = bracket.end();
        t++;
        continue;
      }
      if (c == '\\') {
        p++;
        if (p == pattern.length()) {
          return false;
        }
        c = pattern.charAt(p);
        if (c != text.charAt(t)) {
          return false;
        }
      } else if (c == '?' ? text.charAt(t) == '/' : c != text.charAt(t)) {
        return false;
      }
      p++;
      t++;
    }
    return t == text.length();
  }

  private boolean stars(int from, int at) {
    int p = from;
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    boolean opens = from == 0 || pattern.charAt(from - 1) == '/';
    boolean closes =
        p == pattern.length() || pattern.charAt(p) == '/' || pattern.startsWith("\\/", p);
    boolean overSlashes = p - from > 1 && opens && closes;
    if (overSlashes && p < pattern.length() && pattern.charAt(p) == '/' && matches(p + 1, at)) {
      return true;
    }
    if (p == pattern.length()) {
      return overSlashes || text.indexOf('/', at) < 0;
    }
    return anywhere(p, at, overSlashes);
  }

  private boolean anywhere(int p, int at, boolean overSlashes) {
    for (int t = at; t < text.length(); t++) {
      if (matches(p, t)) {
        return true;
      }
      if (!overSlashes && text.charAt(t) == '/') {
        return false;
      }
    }
    return matches(p, text.length());
  }
}
