package ferry.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Why and when a server ends. It ends once, for the first reason. */
public final class ServerLife {

  /** What ended a server. */
  public enum End {
    /** Somebody asked over HTTP. */
    ASKED("somebody asked"),
    /** The process was told to end, or is done with it. */
    CLOSED("its process ends"),
    /** Nobody needed it for long enough. */
    IDLE("nobody has needed it for a while"),
    /** Its home was removed; another may lie in its place. */
    HOME_GONE("its home was removed"),
    /** What walks the runs failed: the next server takes them up. */
    BROKEN("it failed at something that it should be able to do"),
    /** Its home belongs to another server by now. */
    LEASE_LOST("another server has taken its home over");

    private final String words;

    End(String words) {
      this.words = words;
    }

    /**
     * Whether what lies in the home is its own no more: then it writes nothing, not even at the
     * end.
     */
    public boolean isHomeLost() {
      return this == HOME_GONE || this == LEASE_LOST;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  private final CompletableFuture<End> end = new CompletableFuture<>();
  private volatile long needed = System.nanoTime();

  /** Somebody needs the server now. */
  public void needed() {
    needed = System.nanoTime();
  }

  /** Ends it, unless it has ended. */
  public void end(End reason) {
    end.complete(reason);
  }

  /** Waits for the end. */
  public End await() {
    return end.join();
  }

  /**
   * Whether it was needed within a time; called now and then.
   *
   * @param busy whether anything runs, is scheduled or is watched
   */
  boolean isNeededWithin(Duration patience, BooleanSupplier busy) {
    if (wasNeededWithin(patience)) {
      return true;
    }
    if (busy.getAsBoolean()) {
      needed();
      return true;
    }
    return false;
  }

  /** Whether anybody asked for it within a time. */
  boolean wasNeededWithin(Duration patience) {
    return System.nanoTime() - needed < patience.toNanos();
  }
}
