package ferry.registry;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Keeps logged models. What is not there is answered with {@code NotFound}. */
public interface LoggedModels {

  void create(LoggedModel model);

  /** A model that is there and not deleted. */
  Optional<LoggedModel> find(String id);

  /** Those of some groups, newest first. */
  List<LoggedModel> of(List<String> groups);

  LoggedModel change(String id, UnaryOperator<LoggedModel> how);

  /** Keeps the newest metric of each name, data set and run. */
  void measure(String id, LoggedModel.Measure measure);

  void delete(String id);
}
