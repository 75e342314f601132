package ferry.submission;

import ferry.error.SystemError;
import ferry.error.UserException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tries again what the machine cannot do now: after a second, then after twice as long each time,
 * and every half a minute in the end. What is wrong with the thing itself is not tried again.
 */
final class Insistence {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final BooleanSupplier isOver;
  private final Consumer<Duration> pause;

  /**
   * Insists until something is over.
   *
   * @param isOver whether it is to be tried at once, because what it is for shall end
   */
  Insistence(BooleanSupplier isOver, Consumer<Duration> pause) {
    this.isOver = isOver;
    this.pause = pause;
  }

  /**
   * Does it, however often that takes.
   *
   * @param waits is told why it cannot be done now, each time, and nothing when it is done
   * @throws UserException for anything that is no fault of the machine's
   */
  <T> T on(Supplier<T> work, Consumer<String> waits) {
    for (var patience = FIRST; ; patience = longer(patience)) {
      try {
        var done = work.get();
        waits.accept("");
        return done;
      } catch (UserException e) {
        if (!(e.error() instanceof SystemError)) {
          throw e;
        }
        waits.accept(e.error().message());
      }
      pause(patience);
    }
  }

  private void pause(Duration patience) {
    for (var left = patience; left.isPositive() && !isOver.getAsBoolean(); ) {
      pause.accept(FIRST);
      left = left.minus(FIRST);
    }
  }

  private static Duration longer(Duration patience) {
    var twice = patience.multipliedBy(2);
    return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
  }
}
