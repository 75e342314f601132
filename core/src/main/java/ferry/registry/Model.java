package ferry.registry;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A named model; what can be served or loaded are its versions.
 *
 * @param aliases names for versions, like {@code champion}, by which they are found
 */
public record Model(
    String name,
    String description,
    Instant created,
    Instant updated,
    Map<String, String> tags,
    Map<String, Integer> aliases) {
  public Model {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    aliases = Collections.unmodifiableMap(new TreeMap<>(aliases));
  }

  public Model withDescription(String text) {
    return new Model(name, text, created, updated, tags, aliases);
  }

  public Model withTag(String key, String value) {
    var all = new TreeMap<>(tags);
    all.put(key, value);
    return new Model(name, description, created, updated, all, aliases);
  }

  public Model withoutTag(String key) {
    var all = new TreeMap<>(tags);
    all.remove(key);
    return new Model(name, description, created, updated, all, aliases);
  }

  public Model withAlias(String alias, int version) {
    var all = new TreeMap<>(aliases);
    all.put(alias, version);
    return new Model(name, description, created, updated, tags, all);
  }

  public Model withoutAlias(String alias) {
    var all = new TreeMap<>(aliases);
    all.remove(alias);
    return new Model(name, description, created, updated, tags, all);
  }

  /** Without the aliases of a version. */
  public Model withoutVersion(int version) {
    var all = new TreeMap<>(aliases);
    all.values().removeIf(number -> number == version);
    return new Model(name, description, created, updated, tags, all);
  }
}
