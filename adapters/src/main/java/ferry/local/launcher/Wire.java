package ferry.local.launcher;

/**
 * What the server and a launcher say to each other, over the launcher's standard input and output.
 *
 * <p>A message is {@code int length, byte kind, fields}: the length counts kind and fields; numbers
 * are in this machine's byte order; a text is {@code int length, UTF-8 bytes, zero byte}, the
 * length without the zero byte, so that the launcher can hand it to the C library where it lies; a
 * list is {@code int count, texts}.
 *
 * <p>Requests:
 *
 * <ul>
 *   <li>{@link #ENVIRONMENT}: int id, list of {@code NAME=VALUE}; {@link #FORGET}: int id
 *   <li>{@link #LAUNCH}: text attempt, text attempt directory, text working directory, list of
 *       arguments, int environment id, list of {@code NAME=VALUE} that go before the environment's,
 *       long timeout in milliseconds or 0, long grace in milliseconds, long memory limit in bytes
 *       or 0, list of texts that are masked in the log
 *   <li>{@link #STOP}: text attempt, long grace in milliseconds
 *   <li>{@link #QUIT}: nothing; the launcher leaves once it holds no attempt
 * </ul>
 *
 * <p>Reports:
 *
 * <ul>
 *   <li>{@link #READY}: text launcher id
 *   <li>{@link #STARTED}: text attempt, long pid, long epoch milliseconds
 *   <li>{@link #ENDED}: text attempt, text of the {@link ExitRecord}
 *   <li>{@link #REFUSED}: text attempt, text reason in words; nothing was started
 *   <li>{@link #PROBLEM}: text in words; what a launcher would log
 * </ul>
 */
public final class Wire {
  public static final byte ENVIRONMENT = 1;
  public static final byte LAUNCH = 2;
  public static final byte STOP = 3;
  public static final byte QUIT = 4;
  public static final byte FORGET = 5;

  public static final byte READY = 11;
  public static final byte STARTED = 12;
  public static final byte ENDED = 13;
  public static final byte REFUSED = 14;
  public static final byte PROBLEM = 15;

  /** The reason of a {@link #REFUSED} whose claim was made before, by whomever. */
  public static final String ALREADY_CLAIMED = "already claimed";

  /** Longer messages are refused: no environment is as long. */
  public static final int MAX_MESSAGE_BYTES = 32 * 1024 * 1024;

  private Wire() {}
}
