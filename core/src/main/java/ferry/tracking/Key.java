package ferry.tracking;

/** The name of a metric, a parameter or a tag: which may be one. */
public final class Key {
  /** In characters. */
  public static final int LONGEST = 250;

  private Key() {}

  /** Whether it would name something else, or nothing, where names are taken for files. */
  public static boolean isAnotherPath(String key) {
    for (var part : key.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return true;
      }
    }
    return false;
  }
}
