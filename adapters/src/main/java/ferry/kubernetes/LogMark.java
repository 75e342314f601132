package ferry.kubernetes;

import java.nio.charset.StandardCharsets;

/**
 * What a line of a log begins with, or goes on with, where it is not the step's own but our
 * script's: a control character, and a word.
 */
record LogMark(String text) {

  /** Where it begins in a line, or -1. */
  int in(byte[] line) {
    var wanted = text.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i + wanted.length <= line.length; i++) {
      if (line[i] == wanted[0] && isAt(line, i, wanted)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isAt(byte[] line, int at, byte[] wanted) {
    for (int i = 1; i < wanted.length; i++) {
      if (line[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
