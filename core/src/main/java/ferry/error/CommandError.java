package ferry.error;

/** A one-liner that the command language cannot read. */
public sealed interface CommandError extends UserError {

  record EmptyCommand() implements CommandError {
    @Override
    public String message() {
      return "the command is empty";
    }
  }
}
