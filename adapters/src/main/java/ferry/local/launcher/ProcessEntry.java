package ferry.local.launcher;

/**
 * One process as the system's table shows it.
 *
 * @param start when it started, in clock ticks since the machine's start; with the pid it names a
 *     process for good
 * @param residentBytes its memory in RAM, shared pages counted fully
 * @param cpuTicks hundredths of a second of processor time that it used, with those of its children
 *     that it has collected
 */
record ProcessEntry(
    long pid,
    char state,
    long parent,
    long group,
    long session,
    long start,
    long residentBytes,
    long cpuTicks) {

  /** Whether it has ended and is only waiting to be collected. */
  boolean isZombie() {
    return state == 'Z' || state == 'X';
  }
}
