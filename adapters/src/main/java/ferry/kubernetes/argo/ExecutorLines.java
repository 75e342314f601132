package ferry.kubernetes.argo;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** Leaves out of a step's log what Argo's own part of the container has put into it. */
final class ExecutorLines implements UnaryOperator<byte[]> {
  private final UnaryOperator<byte[]> mask;
  private boolean hasExited;

  ExecutorLines(UnaryOperator<byte[]> mask) {
    this.mask = mask;
  }

  @Override
  public byte[] apply(byte[] line) {
    var text = new String(line, StandardCharsets.ISO_8859_1);
    boolean isArgos = text.startsWith("time=") && text.contains(" argo=true");
    hasExited |= isArgos && text.contains("sub-process exited");
    boolean isLast = hasExited && text.startsWith("Error: exit status ");
    return isLast || isArgos ? new byte[0] : mask.apply(line);
  }
}
