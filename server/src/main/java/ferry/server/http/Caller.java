package ferry.server.http;

import ferry.run.AttemptId;

/** Who sends a request. */
public sealed interface Caller {

  /** Whoever may read the home: the user. */
  record Owner() implements Caller {}

  /** A step that runs, by a token of its own; it may do little. */
  record Attempt(AttemptId id) implements Caller {}

  /** Somebody without a token, where none is wanted. */
  record Anybody() implements Caller {}
}
