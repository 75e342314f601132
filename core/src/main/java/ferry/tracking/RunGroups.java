package ferry.tracking;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The groups of tracked runs. What is not there is answered with {@code NotFound}. */
public interface RunGroups {

  /**
   * Makes a group.
   *
   * @param artifacts where files of its runs lie; a place of Ferry's own where empty
   * @throws ferry.error.UserException with {@link ferry.error.RequestError.Conflict} where the name
   *     is taken, by a deleted one too
   */
  RunGroup create(String name, Optional<String> artifacts, Map<String, String> tags);

  Optional<RunGroup> find(String id);

  Optional<RunGroup> named(String name);

  /** All of them, deleted ones too, by number. */
  List<RunGroup> all();

  void rename(String id, String name);

  /** Puts it away with its runs, or takes it back with those that went with it. */
  void setDeleted(String id, boolean deleted);

  void tag(String id, String name, String value);

  void untag(String id, String name);
}
