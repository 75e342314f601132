package ferry.local.launcher;

import java.util.HashMap;
import java.util.Map;

/** A run's base environment, kept in native memory as the C library wants it. */
final class Environment {
  private final NativeBlock block;
  private final String[] entries;
  private final int[] offsets;
  private final boolean[] shadowed;
  private final Map<String, Integer> places = new HashMap<>();
  private final Map<String, String> commands = new HashMap<>();

  /** Copies the entries, {@code NAME=VALUE} each; of entries with one name the last counts. */
  Environment(Message.Texts texts) {
    entries = texts.texts();
    offsets = new int[entries.length];
    shadowed = new boolean[entries.length];
    int size = 1;
    for (String entry : entries) {
      size += 3 * entry.length() + 1;
    }
    block = new NativeBlock(size);
    for (int i = 0; i < entries.length; i++) {
      offsets[i] = block.bytes.position();
      block.put(entries[i]);
      block.bytes.put((byte) 0);
      Integer earlier = places.put(name(entries[i]), i);
      if (earlier != null) {
        shadowed[earlier] = true;
      }
    }
  }

  /** The variable's value, or an empty text. */
  String value(String name) {
    Integer place = places.get(name);
    return place == null ? "" : entries[place].substring(name.length() + 1);
  }

  /**
   * Where commands were found on this environment's PATH, for {@link CommandSearch} to remember.
   */
  Map<String, String> commands() {
    return commands;
  }

  /**
   * Appends pointers to the block: the mark's, the additions', then those of the entries that no
   * addition replaces, and a null pointer.
   */
  void appendPointers(NativeBlock pointers, long mark, Message.Texts additions) {
    boolean[] replaced = shadowed.clone();
    replace("FERRY_ATTEMPT", replaced);
    pointers.bytes.putLong(mark);
    for (int i = 0; i < additions.count(); i++) {
      String name = name(additions.texts()[i]);
      if (!name.equals("FERRY_ATTEMPT")) {
        replace(name, replaced);
        pointers.bytes.putLong(additions.addresses()[i]);
      }
    }
    for (int i = 0; i < entries.length; i++) {
      if (!replaced[i]) {
        pointers.bytes.putLong(block.address + offsets[i]);
      }
    }
    pointers.bytes.putLong(0);
  }

  /** How many pointers {@link #appendPointers} may append besides those of the additions. */
  int size() {
    return entries.length + 2;
  }

  private void replace(String name, boolean[] replaced) {
    Integer place = places.get(name);
    if (place != null) {
      replaced[place] = true;
    }
  }

  /** The value of the variable in such a list of {@code NAME=VALUE}, or an empty text. */
  static String value(String name, String[] entries) {
    for (String entry : entries) {
      if (entry.length() > name.length()
          && entry.charAt(name.length()) == '='
          && entry.startsWith(name)) {
        return entry.substring(name.length() + 1);
      }
    }
    return "";
  }

  /** The name in a {@code NAME=VALUE}. */
  static String name(String entry) {
    int equals = entry.indexOf('=', 1);
    return equals < 0 ? entry : entry.substring(0, equals);
  }
}
