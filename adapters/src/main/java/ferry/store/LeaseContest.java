package ferry.store;

import ferry.error.UserException;
import ferry.store.HomeLease.Pauses;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** The way to a lease that may be free, held, or left over by a dead process. */
final class LeaseContest {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int LOOKS = 60;
  private static final int LOOKS_AT_TAKING = 10;

  private final Path home;
  private final LeaseFile file;
  private final LeaseHolder self;
  private final KernelLock lock;
  private final Pauses pauses;
  private final Consumer<String> notice;

  LeaseContest(
      Path home,
      LeaseFile file,
      LeaseHolder self,
      KernelLock lock,
      Pauses pauses,
      Consumer<String> notice) {
    this.home = home;
    this.file = file;
    this.self = self;
    this.lock = lock;
    this.pauses = pauses;
    this.notice = notice;
  }

  /** Returns when the lease is ours; throws the holder's name where it lives. */
  void win() throws IOException, InterruptedException {
    while (!file.create(self)) {
      var text = file.read();
      if (text.isPresent() && isDead(text.get()) && takesOver(text.get())) {
        return;
      }
    }
  }

  private boolean isDead(String text) throws IOException, InterruptedException {
    var holder = LeaseHolder.read(text);
    if (holder.isPresent() && self.seesProcessesOf(holder.get())) {
      var started = LeaseHolder.startOf(holder.get().pid());
      if (started.equals(Optional.of(holder.get().started()))) {
        throw held(text);
      }
      return true;
    }
    if (holder.isPresent() && self.sharesKernelWith(holder.get())) {
      return switch (lock.look()) {
        case OURS -> true;
        case TAKEN -> throw held(text);
        case UNKNOWN -> isNotRenewed(text);
      };
    }
    return holder.isPresent() && self.isOnALaterBootThan(holder.get()) || isNotRenewed(text);
  }

  /** Watches for a minute; a lease that changes has a holder that lives. */
  private boolean isNotRenewed(String text) throws IOException, InterruptedException {
    notice.accept(
        "waiting up to " + LOOKS + " s to see whether " + shown(text) + " still uses " + home);
    for (int look = 0; look < LOOKS; look++) {
      pauses.pause(LOOK);
      var now = file.read();
      if (now.isEmpty()) {
        return false;
      }
      if (!now.get().equals(text)) {
        throw held(now.get());
      }
    }
    return true;
  }

  /** False where another process was faster, or is about to be: then all is looked at again. */
  private boolean takesOver(String dead) throws IOException, InterruptedException {
    if (file.replace(dead, self)) {
      return LeaseFile.isOf(self, file.read());
    }
    var other = file.readTaking();
    for (int look = 0; other.isPresent() && file.readTaking().equals(other); look++) {
      if (look == LOOKS_AT_TAKING) {
        file.clearTaking();
        break;
      }
      pauses.pause(LOOK);
    }
    return false;
  }

  private UserException held(String text) {
    return StoreFailure.words(
        "another Ferry server uses " + home + ": " + shown(text),
        "end that one with `ferry server stop` where it runs, or use another home:"
            + " FERRY_HOME=PATH");
  }

  private static String shown(String text) {
    return LeaseHolder.read(text)
        .map(LeaseHolder::shown)
        .orElse("a process whose lease cannot be read");
  }
}
