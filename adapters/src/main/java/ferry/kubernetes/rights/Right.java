package ferry.kubernetes.rights;

import java.util.List;

/**
 * What may be done with one kind of object in a namespace.
 *
 * @param group the API group; empty for the core one
 * @param resource in the plural, with the part after a slash where there is one, as in {@code
 *     pods/log}
 * @param purpose what Ferry does with it, as in {@code steps}
 */
public record Right(String group, String resource, List<String> verbs, String purpose) {
  public Right {
    verbs = List.copyOf(verbs);
  }

  public Right withVerbs(List<String> some) {
    return new Right(group, resource, some, purpose);
  }
}
