package ferry.store;

import java.util.Locale;

/** Constants of an enum as words of a stored text: {@code OUT_OF_MEMORY} is out-of-memory. */
final class Words {
  private Words() {}

  static String write(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> E read(Class<E> kind, String word) {
    for (var constant : kind.getEnumConstants()) {
      if (write(constant).equals(word)) {
        return constant;
      }
    }
    throw Tree.unreadable("`" + word + "` is no " + kind.getSimpleName().toLowerCase(Locale.ROOT));
  }
}
