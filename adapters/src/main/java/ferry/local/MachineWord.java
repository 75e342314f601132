package ferry.local;

import ferry.local.launcher.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * By which word a home knows who launched an attempt: this start of this machine, this pid
 * namespace, and, where the home was made of a backup, that restoring. The home that the backup was
 * made of may still have the attempt's process; it is not ours to follow or to end.
 *
 * @param restored what the home's file {@code restored} says, or nothing
 */
record MachineWord(Place place, String restored) {
  private static final String FILE = "restored";

  /** The present word of a home. */
  static MachineWord of(Path home, Place place) throws IOException {
    try {
      return new MachineWord(place, Files.readString(home.resolve(FILE)).strip());
    } catch (NoSuchFileException _) {
      return new MachineWord(place, "");
    }
  }

  String text() {
    return (place.boot() + " " + place.namespace() + " " + restored).strip();
  }

  /** Whether an attempt of that word was launched since the machine was started. */
  boolean isThisBoot(String word) {
    return word.startsWith(place.boot() + " ");
  }

  /** Whether an attempt of that word was launched before the home was restored. */
  boolean isBeforeRestoring(String word) {
    return !restored.isEmpty() && !word.endsWith(" " + restored);
  }
}
