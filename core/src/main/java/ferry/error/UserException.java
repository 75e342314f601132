package ferry.error;

import java.util.Optional;

/**
 * Carries a {@link UserError} and, where one is known, its place in what the user wrote. It has no
 * stack trace.
 */
public final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient UserError error;
  private final transient Optional<Location> location;

  public UserException(UserError error) {
    this(error, Optional.empty());
  }

  public UserException(UserError error, Location location) {
    this(error, Optional.of(location));
  }

  private UserException(UserError error, Optional<Location> location) {
    super(error.message(), null, false, false);
    this.error = error;
    this.location = location;
  }

  public UserError error() {
    return error;
  }

  public Optional<Location> location() {
    return location;
  }

  /** The same error at a place; an exception that already has one keeps it. */
  public UserException at(Location place) {
    return location.isPresent() ? this : new UserException(error, place);
  }
}
