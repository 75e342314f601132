package ferry.cli.terminal;

import java.io.IOException;

/** Nothing more can be written: the reader of a pipe went away, or a disk is full. */
public final class OutputClosed extends RuntimeException {
  private static final long serialVersionUID = 1;

  OutputClosed(IOException cause) {
    super(String.valueOf(cause.getMessage()), cause, false, false);
  }

  /** Whether the reader had enough, which is no fault. */
  public boolean isBrokenPipe() {
    return String.valueOf(getMessage()).contains("Broken pipe");
  }
}
