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

  /** After so long without a renewal the lease may be another's: others watch it for a minute. */
  private static final Duration DOUBT = Duration.ofSeconds(30);

  private final LeaseFile file;
  private final LeaseHolder self;
  private final KernelLock lock;
  private final Consumer<Loss> lost;
  private final FileIdentity home;
  private final Thread renewing;
  private FileChannel own;
  private volatile boolean closed;
  private volatile Moment renewed = Moment.now();

  /** How a holder can come to have no home. */
  public enum Loss {
    /** Another server took it over while this process did not run. */
    TAKEN_OVER,
    /** It was removed, and another may lie in its place. */
    HOME_GONE
  }

  private HomeLease(
      Path home,
      LeaseFile file,
      LeaseHolder self,
      KernelLock lock,
      Pauses pauses,
      Consumer<Loss> lost)
      throws IOException {
    this.home = FileIdentity.of(home);
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
   * @param lost called where the home is this process's no more: it must write nothing more
   * @throws ferry.error.UserException where another server has the home, with its pid and machine
   */
  public static HomeLease take(Path home, Consumer<String> notice, Consumer<Loss> lost) {
    return take(home.toAbsolutePath(), LeaseHolder.self(), Thread::sleep, notice, lost);
  }

  static HomeLease take(
      Path home, LeaseHolder self, Pauses pauses, Consumer<String> notice, Consumer<Loss> lost) {
    KernelLock lock = null;
    try {
      PrivateFiles.directories(home);
      var file = new LeaseFile(home);
      lock = KernelLock.of(home);
      new LeaseContest(home, file, self, lock, pauses, notice).win();
      var lease = new HomeLease(home, file, self, lock, pauses, lost);
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
        if (!closed && !home.isThere()) {
          lost.accept(Loss.HOME_GONE);
          return;
        }
        if (!closed && !isRenewed(count)) {
          lost.accept(Loss.TAKEN_OVER);
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
      boolean ours = now.isEmpty() ? isPutBack() : LeaseFile.isOf(self, now);
      renewed = ours ? Moment.now() : renewed;
      return ours;
    } catch (IOException _) {
      return true; // a file server that is away for a while; the next look tells
    }
  }

  /** Whether the home is there and this process's. */
  public boolean isOurs() {
    try {
      return home.isThere() && LeaseFile.isOf(self, file.read());
    } catch (IOException _) {
      return false; // not known, so nothing is done in its name
    }
  }

  /**
   * Called before anything is written. A process that slept, or whose file server was away, looks
   * whether the home is still its own before it goes on.
   *
   * @throws ferry.error.UserException where it is not
   */
  public void check() {
    check(DOUBT);
  }

  void check(Duration doubt) {
    if (renewed.isWithin(doubt)) {
      return;
    }
    if (!isOurs()) {
      lost.accept(home.isThere() ? Loss.TAKEN_OVER : Loss.HOME_GONE);
      throw StoreFailure.words(
          "this server has lost its home to another one, and records nothing more",
          "ask again: the other server answers");
    }
    renewed = Moment.now();
  }

  /** A moment on two clocks: one stands still while a machine sleeps, the other can be set. */
  private record Moment(long nanos, long millis) {
    static Moment now() {
      return new Moment(System.nanoTime(), System.currentTimeMillis());
    }

    boolean isWithin(Duration time) {
      return System.nanoTime() - nanos < time.toNanos()
          && Math.abs(System.currentTimeMillis() - millis) < time.toMillis();
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
