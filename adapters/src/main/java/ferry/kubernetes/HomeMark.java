package ferry.kubernetes;

import ferry.error.DiskTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;

/** A word by which a home knows its own objects in a namespace that others use too. */
public final class HomeMark {
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
  private static final int LENGTH = 10;

  private HomeMark() {}

  /** The home's mark; drawn once, and kept in its file {@code mark}. */
  public static String of(Path home) {
    var file = home.resolve("mark");
    try {
      if (!Files.exists(file) || Files.size(file) == 0) {
        var draft = home.resolve("mark." + ProcessHandle.current().pid());
        Files.writeString(draft, draw());
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      }
      return Files.readString(file).strip();
    } catch (IOException trouble) {
      throw DiskTrouble.at(file, trouble);
    }
  }

  private static String draw() {
    var random = new SecureRandom();
    var mark = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      mark.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return mark.toString();
  }
}
