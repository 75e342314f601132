package ferry.cli.client;

/** Carries a {@link Failure} to where it is shown. It has no stack trace. */
public final class CommandFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Failure failure;

  CommandFailed(Failure failure) {
    super(failure.message(), null, false, false);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }
}
