package ferry.local.launcher;

import java.util.List;

/** A {@link Wire#LAUNCH} as it was read; its addresses hold until the next read. */
record LaunchRequest(
    String attempt,
    String directory,
    String workingDirectory,
    Message.Texts arguments,
    int environment,
    Message.Texts additions,
    long timeoutMillis,
    long graceMillis,
    long memoryLimitBytes,
    List<String> secrets) {

  static LaunchRequest read(Message message) {
    return new LaunchRequest(
        message.text(),
        message.text(),
        message.text(),
        message.texts(),
        message.int32(),
        message.texts(),
        message.int64(),
        message.int64(),
        message.int64(),
        List.of(message.texts().texts()));
  }
}
