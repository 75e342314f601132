package ferry.collect;

import java.util.List;
import java.util.Optional;

/**
 * One way in which programs print metrics. A form sees the lines of one log in order and may
 * remember what earlier ones said.
 */
interface LineForm {

  /** Its name for people, like {@code Keras}. */
  String name();

  /** What a line says; nothing where it is of another form. A line of this form may say little. */
  Optional<List<Sighting>> read(String line);

  /** What it has held back until now, when nothing more will come. */
  default List<Sighting> end() {
    return List.of();
  }
}
