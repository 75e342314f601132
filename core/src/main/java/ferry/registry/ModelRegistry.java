package ferry.registry;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Keeps models. Each change is done whole, with the event that tells of it; what is not there is
 * answered with {@code NotFound}.
 */
public interface ModelRegistry {

  /**
   * Makes a model.
   *
   * @throws ferry.error.UserException with {@link ferry.error.RequestError.Conflict} where the name
   *     is taken
   */
  void create(Model model, ModelEvent event);

  Optional<Model> find(String name);

  /** All models, by name. */
  List<Model> all();

  /** Changes a model in one step; what the function refuses by throwing does not happen. */
  Model change(String name, UnaryOperator<Model> how, ModelEvent event);

  void rename(String name, String to, ModelEvent event);

  /** Deletes a model with its versions; its events stay. */
  void delete(String name, ModelEvent event);

  /** Adds a version, and gives it the next number. */
  ModelVersion add(ModelVersion version, ModelEvent event);

  /** The versions of a model, oldest first. */
  List<ModelVersion> versions(String model);

  List<ModelVersion> allVersions();

  /** Changes the versions of a model in one step; one for which the same comes back stays. */
  void changeVersions(String model, UnaryOperator<ModelVersion> how, ModelEvent event);

  /** Deletes a version, and the aliases that point to it. */
  void deleteVersion(String model, int number, ModelEvent event);

  /** What was done with a model, oldest first. */
  List<ModelEvent> events(String model);
}
