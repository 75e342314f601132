package ferry.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.error.RequestError;
import ferry.error.SystemError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How often something is tried that the machine cannot do now. */
class InsistenceTest {
  private final List<Integer> tries = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

  /** In seconds. */
  private int now;

  private int doneFrom = Integer.MAX_VALUE;
  private int overFrom = Integer.MAX_VALUE;

  private final Insistence insistence =
      new Insistence(() -> now >= overFrom, time -> now += (int) time.toSeconds());

  private String work() {
    tries.add(now);
    if (now < doneFrom && now < overFrom) {
      throw new SystemError.Unavailable("the disk is full", List.of()).thrown();
    }
    return "done";
  }

  @Test
  void whatWorksAtOnceIsDoneOnce() {
    doneFrom = 0;
    assertThat(insistence.on(this::work, told::add)).isEqualTo("done");
    assertThat(tries).containsExactly(0);
    assertThat(told).containsExactly("");
  }

  @Test
  void itIsTriedEverLessOftenAndEveryHalfMinuteInTheEnd() {
    doneFrom = 100;
    insistence.on(this::work, told::add);
    assertThat(tries).containsExactly(0, 1, 3, 7, 15, 31, 61, 91, 121);
  }

  @Test
  void whyIsToldEachTimeAndThatItIsDoneInTheEnd() {
    doneFrom = 3;
    insistence.on(this::work, told::add);
    assertThat(told).containsExactly("the disk is full", "the disk is full", "");
  }

  @Test
  void whatShallEndIsTriedWithinASecond() {
    overFrom = 40;
    insistence.on(this::work, told::add);
    assertThat(tries).containsExactly(0, 1, 3, 7, 15, 31, 40);
  }

  @Test
  void whatIsWrongWithTheThingItselfIsNotTriedAgain() {
    assertThatThrownBy(() -> insistence.on(this::refused, told::add))
        .hasMessage("there is no snapshot `abc`");
    assertThat(told).isEmpty();
    assertThat(now).isZero();
  }

  private String refused() {
    throw new RequestError.NotFound("snapshot", "abc", Optional.empty()).thrown();
  }
}
