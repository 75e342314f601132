package ferry.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** How an attempt ended. */
public sealed interface Outcome {

  /**
   * It did what it should.
   *
   * @param values what it put out for later steps
   * @param cached whether an earlier attempt's result was taken and nothing ran
   */
  record Succeeded(Map<String, String> values, boolean cached) implements Outcome {
    public static final Succeeded PLAIN = new Succeeded(Map.of(), false);

    public Succeeded {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /**
   * It did not.
   *
   * @param cause the kind of failure
   * @param exitCode the command's exit status where it had one; 128 and more for a signal, as a
   *     shell counts
   * @param reason one sentence for people, without a full stop
   */
  record Failed(Cause cause, OptionalInt exitCode, String reason) implements Outcome {}

  /** It was ended because somebody asked. */
  record Stopped(OptionalInt exitCode) implements Outcome {}

  /** Nobody can know how it ended: its machine, container or launcher died with it. */
  record Lost(String reason) implements Outcome {}

  /** The kinds of failure that people and programs tell apart. */
  enum Cause {
    /** The command returned a status other than zero, or a signal ended it. */
    EXIT,
    TIMEOUT,
    OUT_OF_MEMORY,
    /** The command, its directory, environment or a secret was not there. */
    CANNOT_START,
    /** A placeholder has no value, and no other attempt will give it one. */
    NO_VALUE,
    /** Where it ran it was tried as often as it may be; no attempt of ours follows by itself. */
    GIVEN_UP,
    /** What the step promised to put out was missing or malformed. */
    OUTPUT
  }
}
