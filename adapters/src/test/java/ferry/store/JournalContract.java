package ferry.store;

import static ferry.store.Samples.NOON;
import static ferry.store.Samples.launching;
import static ferry.store.Samples.next;
import static ferry.store.Samples.plan;
import static ferry.store.Samples.started;
import static ferry.store.Samples.submitted;
import static ferry.store.Samples.succeeded;
import static ferry.store.Samples.wholeRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.engine.Journal;
import ferry.run.RunEvent;
import ferry.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every journal must do. */
abstract class JournalContract extends StoreContract {

  private Journal journal() {
    return store().journal();
  }

  /** The same journal as the next process finds it. */
  private Journal afterRestart() {
    return restart().journal();
  }

  @Test
  void whatWasAppendedIsThereAfterARestart() {
    var plan = plan("hello-bbbbb", NOON);
    var first = submitted(plan);
    journal().append(List.of(first));
    journal().append(List.of(next(first, launching("a", 1), started("a", 1))));

    var reopened = afterRestart();

    assertThat(reopened.plan(plan.id())).contains(plan);
    assertThat(reopened.events(plan.id()))
        .containsExactly(new RunEvent.Submitted(NOON), launching("a", 1), started("a", 1));
  }

  @Test
  void eventsComeBackInTheOrderInWhichTheyWereAppended() {
    var entries = wholeRun(plan("hello-bbbbb", NOON));
    journal().append(entries);

    assertThat(afterRestart().events(new RunId("hello-bbbbb")))
        .containsExactly(
            new RunEvent.Submitted(NOON),
            launching("a", 1),
            started("a", 1),
            succeeded("a", 1),
            launching("b", 1),
            started("b", 1),
            succeeded("b", 1));
  }

  @Test
  void oneTurnMayChangeManyRuns() {
    var one = submitted(plan("hello-bbbbb", NOON));
    var two = submitted(plan("hello-ccccc", NOON));
    journal().append(List.of(one, two));
    journal().append(List.of(next(one, launching("a", 1)), next(two, launching("a", 1))));

    assertThat(journal().events(one.plan().id())).hasSize(2);
    assertThat(journal().events(two.plan().id())).hasSize(2);
  }

  @Test
  void unfinishedRunsComeOldestFirst() {
    journal().append(List.of(submitted(plan("hello-zzzzz", NOON))));
    journal().append(List.of(submitted(plan("hello-bbbbb", NOON.plusMillis(1)))));
    journal().append(List.of(submitted(plan("hello-ccccc", NOON.minusMillis(1)))));
    journal().append(wholeRun(plan("hello-ddddd", NOON)));

    assertThat(afterRestart().unfinished())
        .extracting(RunId::value)
        .containsExactly("hello-ccccc", "hello-zzzzz", "hello-bbbbb");
  }

  @Test
  void aTakenIdIsRefusedAndNothingOfThatTurnIsKept() {
    var taken = submitted(plan("hello-bbbbb", NOON));
    journal().append(List.of(taken));
    var other = submitted(plan("hello-ccccc", NOON));

    assertThatThrownBy(() -> journal().append(List.of(other, taken)))
        .hasMessage("another run is already named `hello-bbbbb`");

    assertThat(journal().plan(other.plan().id())).isEmpty();
    assertThat(journal().plan(taken.plan().id())).contains(taken.plan());
    journal().append(List.of(other));
    assertThat(journal().plan(other.plan().id())).contains(other.plan());
  }

  @Test
  void aRunThatIsNotThereHasNoPlanAndNoEvents() {
    assertThat(journal().plan(new RunId("hello-bbbbb"))).isEmpty();
    assertThat(journal().events(new RunId("hello-bbbbb"))).isEmpty();
  }

  @Test
  void aRetriedRunIsUnfinishedAgain() {
    var entries = wholeRun(plan("hello-bbbbb", NOON));
    var failed = next(entries.getFirst(), launching("a", 1), Samples.failed("a", 1, "exit 7"));
    journal().append(List.of(entries.getFirst(), failed));
    assertThat(journal().unfinished()).isEmpty();

    journal().append(List.of(next(failed, new RunEvent.RetryRequested(NOON.plusSeconds(9)))));

    assertThat(journal().unfinished()).containsExactly(new RunId("hello-bbbbb"));
  }

  @Test
  void aRunWhoseEnvironmentIsGoneSaysSoAndIsShownAllTheSame() throws IOException {
    var plan = plan("hello-bbbbb", NOON);
    journal().append(List.of(submitted(plan)));
    Files.delete(directory().resolve("runs/hello-bbbbb/environment"));

    assertThatThrownBy(() -> journal().plan(plan.id()))
        .hasMessageStartingWith("the environment of run `hello-bbbbb` is gone: ");
    assertThat(store().runs().find(plan.id())).isPresent();
  }

  @Test
  void aRunThatWasRefusedLeavesNoFile() {
    var taken = submitted(plan("hello-bbbbb", NOON));
    journal().append(List.of(taken));
    var other = submitted(plan("hello-ccccc", NOON));

    assertThatThrownBy(() -> journal().append(List.of(other, taken))).isNotNull();

    assertThat(directory().resolve("runs")).isDirectoryNotContaining("glob:**/hello-ccccc");
    assertThat(directory().resolve("runs/hello-bbbbb/environment")).exists();
  }
}
