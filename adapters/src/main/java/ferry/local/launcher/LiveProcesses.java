package ferry.local.launcher;

/** Whether a process that a file names is still that process. */
public final class LiveProcesses {
  private final ProcessTable table = new ProcessTable(new Posix());

  /**
   * Whether the process with this pid and this start, in clock ticks, is there and has not ended.
   */
  public synchronized boolean isAlive(long pid, long start) {
    return table.isAlive(pid, start);
  }
}
