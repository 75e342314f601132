package ferry.local.launcher;

/** Turns an attempt's end into its record, on disk and on its way to the server. */
final class Finisher {
  private static final int CODE_OF_KILLED_CHILD = 128 + Posix.SIGKILL;

  private final Posix posix;
  private final ProcessTable table;
  private final Reports reports;
  private final ExitFiles exitFiles;
  private final OomKills oomKills;
  private final long self = ProcessHandle.current().pid();
  private long ownPeakBytes;

  Finisher(
      Posix posix, ProcessTable table, Reports reports, ExitFiles exitFiles, OomKills oomKills) {
    this.posix = posix;
    this.table = table;
    this.reports = reports;
    this.exitFiles = exitFiles;
    this.oomKills = oomKills;
  }

  /** Notes what the system tells of the first process, which was just collected. */
  void collect(Attempt attempt) {
    attempt.endedMillis = System.currentTimeMillis();
    attempt.exitCode = posix.reapedCode();
    attempt.signal = posix.reapedSignal();
    attempt.cpuMicros = posix.reapedCpuMicros();
    keepPeak(attempt, posix.reapedPeakBytes());
    if (attempt.exitDescriptor >= 0) {
      posix.close(attempt.exitDescriptor);
    }
    attempt.exitDescriptor = -1;
    boolean killed = attempt.signal == Posix.SIGKILL || attempt.exitCode == CODE_OF_KILLED_CHILD;
    if (killed && !attempt.isBeingEnded() && oomKills.now() > attempt.oomKillsBefore) {
      attempt.cause = ExitCause.MEMORY;
      attempt.words = "killed by the kernel for want of memory";
    }
  }

  /** Takes the peak that the system tells of, unless it may be this process's own. */
  private void keepPeak(Attempt attempt, long peak) {
    if (peak > ownPeakBytes) {
      ownPeakBytes = Math.max(ownPeakBytes, table.peakBytes(self));
    }
    if (peak > ownPeakBytes) {
      attempt.peakBytes = Math.max(attempt.peakBytes, peak);
    }
  }

  /** Writes and reports how the attempt ended. */
  void finish(Attempt attempt) {
    MaskedLog masked = attempt.masked;
    if (masked != null) {
      masked.finish();
      if (masked.failure() < 0 && attempt.words.isEmpty()) {
        attempt.words = "part of its log could not be written: " + posix.words(masked.failure());
      }
    }
    String record = attempt.record().text();
    exitFiles.write(attempt.directory, record);
    reports.ended(attempt.id, record);
  }

  /** Writes and reports an attempt that was claimed but could not be started. */
  void cannotStart(LaunchRequest request, String words) {
    long now = System.currentTimeMillis();
    String record =
        new ExitRecord(
                ExitCause.CANNOT_START, -1, 0, now, now, 0, 0, request.memoryLimitBytes(), words)
            .text();
    exitFiles.write(request.directory(), record);
    reports.ended(request.attempt(), record);
  }
}
