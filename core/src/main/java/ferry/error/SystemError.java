package ferry.error;

import java.util.List;

/** The machine, the home or the server does not allow it now. */
public sealed interface SystemError extends UserError {

  @Override
  default Kind kind() {
    return Kind.SYSTEM;
  }

  @Override
  default int exitCode() {
    return 4;
  }

  /** A step asks for more than the machine has, with both numbers as people write them. */
  record TooLarge(String step, String resource, String asked, String available)
      implements SystemError {
    @Override
    public String message() {
      return "step `"
          + step
          + "` asks for "
          + asked
          + " of "
          + resource
          + ", and there is "
          + available;
    }

    @Override
    public List<String> help() {
      return List.of("ask for less, or run it where there is more with `--on`");
    }

    @Override
    public Kind kind() {
      return Kind.RESOURCES;
    }
  }

  /**
   * Nothing more fits on the disk of a directory.
   *
   * @param free what is left, in MiB
   */
  record DiskFull(String directory, long free) implements SystemError {
    /** Said of a run or a step, too, that came to grief by it. */
    @Override
    public String message() {
      return "the disk of " + directory + " is full: " + free + " MiB free";
    }

    @Override
    public List<String> help() {
      return List.of(
          "stop the run that fills it, or free some, for instance with `ferry rm` of old runs, and"
              + " try again: nothing was damaged",
          "the largest files: `du -a " + directory + " | sort -n | tail`");
    }
  }

  /** Anything else that the system refuses, in words. */
  record Unavailable(String message, List<String> help) implements SystemError {
    public Unavailable {
      help = List.copyOf(help);
    }
  }
}
