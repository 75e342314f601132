package ferry.error;

/** A file that cannot be read as what it is said to be. */
public sealed interface FileError extends UserError {

  record NotFound(String path) implements FileError {
    @Override
    public String message() {
      return "there is no file `" + path + "`";
    }
  }
}
