package ferry.store;

import ferry.store.HomeLease.Pauses;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Time that passes when a test says so: looks take none of it, renewals wait to be let. */
final class Pausing implements Pauses {
  private final Semaphore renewals = new Semaphore(0);
  private final Semaphore waiting = new Semaphore(0);
  private final Runnable atEachLook;
  private int looks;

  Pausing(Runnable atEachLook) {
    this.atEachLook = atEachLook;
  }

  Pausing() {
    this(() -> {});
  }

  @Override
  public void pause(Duration time) throws InterruptedException {
    if (time.equals(HomeLease.RENEWAL)) {
      waiting.release();
      renewals.acquire();
    } else {
      looks++;
      atEachLook.run();
    }
  }

  /** Lets the holder renew once, and returns when it has. */
  void letRenew() {
    waiting.acquireUninterruptibly();
    renewals.release();
    waiting.acquireUninterruptibly();
    waiting.release();
  }

  /** Lets the holder renew once; it is not expected to wait again. */
  void letRenewForTheLastTime() {
    waiting.acquireUninterruptibly();
    renewals.release();
  }

  int looks() {
    return looks;
  }
}
