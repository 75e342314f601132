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
    /** Its home is gone, or belongs to another server. */
    HOME_GONE("its home is gone"),
    /** What walks the runs failed: the next server takes them up. */
    BROKEN("it failed at something that it should be able to do"),
    LEASE_LOST("another server has taken its home over");

    private final String words;

    End(String words) {
      this.words = words;
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
    if (System.nanoTime() - needed < patience.toNanos()) {
      return true;
    }
    if (busy.getAsBoolean()) {
      needed();
      return true;
    }
    return false;
  }
}
