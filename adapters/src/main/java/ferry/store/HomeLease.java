package ferry.store;

import ferry.error.DiskTrouble;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The right of one server to use a home, on whatever machine it runs. The holder renews it every
 * ten seconds. A lease whose holder is known to be dead is taken over at once, one of another
 * machine when it was not renewed while we watched it for a minute; no clock is compared.
 */
public final class HomeLease implements AutoCloseable {
  static final Duration RENEWAL = Duration.ofSeconds(10);

  private final LeaseFile file;
  private final LeaseHolder self;
  private final KernelLock lock;
  private final Runnable lost;
  private final Thread renewing;
  private FileChannel own;
  private volatile boolean closed;

  private HomeLease(LeaseFile file, LeaseHolder self, KernelLock lock, Pauses pauses, Runnable lost)
      throws IOException {
    this.file = file;
    this.self = self;
    this.lock = lock;
    this.lost = lost;
    this.own = file.open();
    this.renewing = Thread.ofVirtual().name("lease").start(() -> renew(pauses));
  }

  /** How time passes between two looks. */
  interface Pauses {
    void pause(Duration time) throws InterruptedException;
  }

  /**
   * Takes the lease of a home, which is made where it is not there.
   *
   * @param notice told once where we must watch another machine's lease before we know
   * @param lost called where somebody took the lease over while this process did not run: it must
   *     write nothing more
   * @throws ferry.error.UserException where another server has the home, with its pid and machine
   */
  public static HomeLease take(Path home, Consumer<String> notice, Runnable lost) {
    return take(home.toAbsolutePath(), LeaseHolder.self(), Thread::sleep, notice, lost);
  }

  static HomeLease take(
      Path home, LeaseHolder self, Pauses pauses, Consumer<String> notice, Runnable lost) {
    KernelLock lock = null;
    try {
      PrivateFiles.directories(home);
      var file = new LeaseFile(home);
      lock = KernelLock.of(home);
      new LeaseContest(home, file, self, lock, pauses, notice).win();
      var lease = new HomeLease(file, self, lock, pauses, lost);
      lock = null;
      return lease;
    } catch (IOException e) {
      throw DiskTrouble.at(home, e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw StoreFailure.words("interrupted while waiting for " + home, "start again");
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }

  private void renew(Pauses pauses) {
    try {
      for (long count = 1; !closed; count++) {
        pauses.pause(RENEWAL);
        if (!closed && !isRenewed(count)) {
          lost.run();
          return;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /** False where the lease is somebody else's. */
  private boolean isRenewed(long count) {
    try {
      LeaseFile.renew(own, self, count);
      var now = file.read();
      return now.isEmpty() ? isPutBack() : LeaseFile.isOf(self, now);
    } catch (IOException _) {
      return true; // a file server that is away for a while; the next look tells
    }
  }

  /** Somebody deleted the file by hand. */
  private boolean isPutBack() throws IOException {
    if (!file.create(self)) {
      return false;
    }
    own.close();
    own = file.open();
    return true;
  }

  /** Gives the home free. */
  @Override
  public void close() {
    closed = true;
    renewing.interrupt();
    try {
      renewing.join();
      own.close();
      file.delete(self);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IOException _) {
      // it is taken over as that of a dead process
    } finally {
      lock.close();
    }
  }
}
