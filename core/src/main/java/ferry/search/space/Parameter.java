package ferry.search.space;

import java.util.Optional;

/**
 * A named domain.
 *
 * @param name letters, digits, {@code _} and {@code -}; a dot between the names of nested ones
 * @param condition when the parameter is there at all; empty for always
 */
public record Parameter(String name, Domain domain, Optional<Condition> condition) {
  public Parameter(String name, Domain domain) {
    this(name, domain, Optional.empty());
  }

  public Parameter when(String other, Value... values) {
    return new Parameter(
        name, domain, Optional.of(new Condition(other, java.util.List.of(values))));
  }

  /** The parameter's domain and condition as a user writes them. */
  public String text() {
    return domain.text() + condition.map(Condition::text).orElse("");
  }
}
