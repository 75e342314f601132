package ferry.cli;

import java.io.FileInputStream;
import java.io.IOException;

/** The five letters and digits that tell a run from others of its workflow. */
final class RunKey {
  /** No vowels, so that no words come out, and nothing that is easily mistaken for another. */
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

  private static final int LETTERS = 5;

  private RunKey() {}

  static String draw() {
    long random = random();
    var key = new StringBuilder(LETTERS);
    for (int i = 0; i < LETTERS; i++) {
      key.append(ALPHABET.charAt((int) Long.remainderUnsigned(random, ALPHABET.length())));
      random = Long.divideUnsigned(random, ALPHABET.length());
    }
    return key.toString();
  }

  /** From the system's source: the JDK's own takes longer to load than a command may take. */
  private static long random() {
    try (var source = new FileInputStream("/dev/urandom")) {
      long random = 0;
      for (byte b : source.readNBytes(8)) {
        random = random << 8 | b & 0xFF;
      }
      return random;
    } catch (IOException e) {
      return System.nanoTime() * 0x9E3779B97F4A7C15L + System.currentTimeMillis();
    }
  }
}
