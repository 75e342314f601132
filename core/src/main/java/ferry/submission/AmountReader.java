package ferry.submission;

import java.time.Duration;

/** Reads amounts as people write them; each refuses what it cannot read in words. */
public interface AmountReader {
  long cpuMillis(String text);

  long memoryBytes(String text);

  Duration duration(String text);
}
