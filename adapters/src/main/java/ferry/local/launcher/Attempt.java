package ferry.local.launcher;

import org.jspecify.annotations.Nullable;

/** An attempt whose process was started, and what is known of it so far. */
final class Attempt {
  final String id;
  final String directory;
  final long pid;
  final long start;
  final long startedMillis;
  final long startedNanos;
  final long graceMillis;
  final long memoryLimitBytes;
  final long oomKillsBefore;
  final ProcessTree tree;
  final ResourceTrail trail;

  /** Readable once the process has ended, or below zero where the kernel has no such thing. */
  int exitDescriptor;

  /** Whether its first process may have ended and should be collected. */
  boolean mayHaveEnded;

  /** The pipe that its output goes through, if it knows secrets. */
  @Nullable MaskedLog masked;

  /** When it has run too long, on the clock of {@link System#nanoTime}; 0 for never. */
  long timeoutAt;

  /** Its tree's end in progress. */
  @Nullable TreeEnding ending;

  ExitCause cause = ExitCause.EXITED;
  String words = "";
  long peakBytes;

  /** How old it is when its memory is looked at next, in nanoseconds. */
  long nextSampleAge;

  /** When its first process was collected, or 0 while that runs. */
  long endedMillis;

  int exitCode = -1;
  int signal;
  long cpuMicros;

  Attempt(LaunchRequest request, ProcessTree tree, FirstProcess process, long oomKillsBefore) {
    this.id = request.attempt();
    this.directory = request.directory();
    this.pid = process.pid();
    this.start = process.start();
    this.startedMillis = process.startedMillis();
    this.startedNanos = System.nanoTime();
    this.exitDescriptor = process.exitDescriptor();
    this.graceMillis = request.graceMillis();
    this.memoryLimitBytes = request.memoryLimitBytes();
    this.oomKillsBefore = oomKillsBefore;
    this.tree = tree;
    this.trail = new ResourceTrail(request.directory(), startedNanos);
    if (request.timeoutMillis() > 0) {
      timeoutAt = startedNanos + request.timeoutMillis() * 1_000_000;
    }
  }

  /** The first process of an attempt. */
  record FirstProcess(long pid, long start, long startedMillis, int exitDescriptor) {}

  boolean hasEnded() {
    return endedMillis != 0;
  }

  boolean isBeingEnded() {
    return ending != null;
  }

  ExitRecord record() {
    return new ExitRecord(
        cause,
        exitCode,
        signal,
        startedMillis,
        endedMillis,
        cpuMicros,
        peakBytes,
        memoryLimitBytes,
        words);
  }
}
