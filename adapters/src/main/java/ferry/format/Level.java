package ferry.format;

import java.util.List;

/** All keys that a mapping at some place of a file may have. */
record Level(String title, List<Key> keys) {
  Level {
    keys = List.copyOf(keys);
  }

  static Level of(String title, Key... keys) {
    return new Level(title, List.of(keys));
  }

  List<String> names() {
    return keys.stream().map(Key::name).toList();
  }
}
