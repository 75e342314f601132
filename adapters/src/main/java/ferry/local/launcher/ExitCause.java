package ferry.local.launcher;

/** Why an attempt ended. */
public enum ExitCause {
  /** Its command ended by itself, by an exit code or by a signal that was not ours. */
  EXITED("exited"),
  /** It ran longer than it was allowed to. */
  TIMEOUT("timeout"),
  /** It used more memory than it was allowed to, or the kernel killed it for want of memory. */
  MEMORY("memory"),
  /** Somebody asked for it. */
  STOPPED("stopped"),
  /** Its command or its directory is not there, or cannot be used. */
  CANNOT_START("cannot-start");

  private final String word;

  ExitCause(String word) {
    this.word = word;
  }

  /** As it stands in the exit file. */
  public String word() {
    return word;
  }

  static ExitCause of(String word) {
    for (ExitCause cause : values()) {
      if (cause.word.equals(word)) {
        return cause;
      }
    }
    throw new IllegalArgumentException("an exit file names the cause `" + word + "`");
  }
}
