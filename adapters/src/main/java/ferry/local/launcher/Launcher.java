package ferry.local.launcher;

import java.io.IOException;

/**
 * The launcher's program: one thread that waits for requests, ends of processes and output to mask,
 * and for nothing else. It leaves once its input has ended and the last attempt it holds is
 * recorded.
 */
public final class Launcher {
  private static final int STDIN = 0;

  private final Posix posix = new Posix();
  private final PollSet polled = new PollSet(posix);
  private final Reports reports = new Reports(posix);
  private final ExitFiles exitFiles = new ExitFiles(posix, reports);
  private final LauncherFile file;
  private final Supervisor supervisor;
  private final Requests requests;

  private Launcher(Place place) {
    posix.newSession();
    posix.adoptOrphans();
    ProcessTable table = new ProcessTable(posix);
    long pid = ProcessHandle.current().pid();
    long start = table.start(pid);
    String id = place.boot().substring(0, 8) + "-" + pid + "-" + start;
    String opening = Claim.opening(id, pid, start, place);
    file = new LauncherFile(posix, id, opening);
    OomKills oomKills = new OomKills(posix);
    Finisher finisher = new Finisher(posix, table, reports, exitFiles, oomKills);
    supervisor = new Supervisor(posix, table, reports, finisher, oomKills);
    requests =
        new Requests(posix, new Starter(posix, table, opening), supervisor, finisher, reports);
    reports.ready(id);
  }

  /** Runs a launcher in the current directory, which is Ferry's home. */
  public static void main(String[] arguments) throws IOException {
    Launcher launcher = new Launcher(Place.here());
    launcher.run();
    System.exit(0);
  }

  private void run() {
    while (requests.areOpen() || !supervisor.attempts().isEmpty() || !exitFiles.areAllWritten()) {
      reports.flush();
      await();
      long now = System.nanoTime();
      supervisor.work(now);
      if (!exitFiles.areAllWritten() && now - exitFiles.retryAt() >= 0) {
        exitFiles.retry(now);
      }
      if (!supervisor.attempts().isEmpty() && now - file.beatAt() >= 0) {
        file.beat(now);
      }
    }
    reports.flush();
    file.remove();
  }

  private void await() {
    polled.clear();
    int input = requests.areOpen() ? polled.add(STDIN, Posix.POLLIN) : -1;
    if (reports.isWaiting()) {
      polled.add(reports.descriptor(), Posix.POLLOUT);
    }
    int first = polled.size();
    addAttempts();
    polled.await(timeoutMillis());
    markReady(first);
    if (input >= 0 && polled.isReady(input)) {
      requests.read();
    }
  }

  private void addAttempts() {
    for (Attempt attempt : supervisor.attempts()) {
      if (attempt.exitDescriptor >= 0) {
        polled.add(attempt.exitDescriptor, Posix.POLLIN);
      }
      MaskedLog masked = attempt.masked;
      if (masked != null && masked.isOpen()) {
        polled.add(masked.source(), Posix.POLLIN);
      }
    }
  }

  private void markReady(int first) {
    int index = first;
    for (Attempt attempt : supervisor.attempts()) {
      attempt.mayHaveEnded =
          !attempt.hasEnded() && (attempt.exitDescriptor < 0 || polled.isReady(index));
      index += attempt.exitDescriptor >= 0 ? 1 : 0;
      MaskedLog masked = attempt.masked;
      if (masked != null && masked.isOpen()) {
        masked.setReadable(polled.isReady(index));
        index++;
      }
    }
  }

  private int timeoutMillis() {
    long now = System.nanoTime();
    long nanos = supervisor.dueIn(now);
    if (!exitFiles.areAllWritten()) {
      nanos = Math.min(nanos, exitFiles.retryAt() - now);
    }
    if (!supervisor.attempts().isEmpty()) {
      nanos = Math.min(nanos, file.beatAt() - now);
    }
    return nanos == Long.MAX_VALUE ? -1 : (int) Math.max(0, (nanos + 999_999) / 1_000_000);
  }
}
