package ferry.tracking;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One attempt, as far as it has come.
 *
 * @param state running, succeeded, failed, stopped or lost
 * @param reason why it ended, or what it waits for, in words; empty where there is nothing to say
 */
public record AttemptRecord(
    int number,
    String state,
    Optional<Instant> started,
    Optional<Instant> ended,
    OptionalInt exitCode,
    String reason,
    OptionalDouble cpuSeconds,
    OptionalLong peakMemoryBytes) {}
