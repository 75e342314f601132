package ferry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How many requests a client may make. */
class PaceTest {
  private static final long MILLI = 1_000_000;

  private final AtomicLong now = new AtomicLong(42);
  private final Pace pace = new Pace(100, 3, now::get);

  @Test
  void afterARestSoManyGoAtOnceAndTheNextWaitTheirTurns() {
    assertThat(LongStream.generate(pace::turn).limit(6).boxed())
        .containsExactly(0L, 0L, 0L, 10 * MILLI, 20 * MILLI, 30 * MILLI);
  }

  @Test
  void aLongRestSavesUpNoMoreThanAShortOne() {
    assertThat(LongStream.generate(pace::turn).limit(3).sum()).isZero();
    now.addAndGet(60_000 * MILLI);

    assertThat(LongStream.generate(pace::turn).limit(4).boxed())
        .containsExactly(0L, 0L, 0L, 10 * MILLI);
  }

  @Test
  void requestsThatComeAsOftenAsTheyMayNeverWait() {
    assertThat(
            LongStream.range(0, 1_000)
                .map(_ -> {
                  now.addAndGet(10 * MILLI);
                  return pace.turn();
                })
                .sum())
        .isZero();
  }
}
