package ferry.schedule;

import java.util.List;
import java.util.Optional;

/** Where scheduled workflows are kept, each under its name. */
public interface ScheduleBook {

  /** All of them, by name. */
  List<Scheduled> all();

  Optional<Scheduled> find(String name);

  /**
   * Keeps one in place of what is kept under its name; durable when it returns.
   *
   * @throws ferry.error.UserException where it cannot be kept, in words
   */
  void keep(Scheduled scheduled);

  /** Forgets one; whether there was one. */
  boolean remove(String name);
}
