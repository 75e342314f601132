package ferry.submission;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.backend.Code;
import ferry.backend.CodeKeeper;
import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.Plan;
import ferry.error.SystemError;
import ferry.experiment.Written;
import ferry.run.Outcome;
import ferry.run.RunEvent;
import ferry.run.RunId;
import ferry.run.RunState;
import ferry.run.Usage;
import ferry.workflow.Step;
import ferry.workflow.Workflow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What becomes of the copies in which trials and scheduled runs work. */
class OwnCopiesTest {
  private static final RunId RUN = new RunId("digits-x7k2p-3");
  private static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");

  private final Keeper keeper = new Keeper();
  private final MemoryTrialFiles files = new MemoryTrialFiles(List.of());
  private final OwnCopies copies = new OwnCopies(keeper, files);

  private static Plan template(String backend, Optional<String> snapshot) {
    return new Plan(
        new RunId("digits-x7k2p"),
        Workflow.of("digits", Step.of("train", "python train.py --lr {lr}")),
        backend,
        new Place("/home/ada/digits", Map.of(), "ada", "laptop"),
        new Origin(Origin.Kind.ONE_LINER, "python train.py", Optional.empty(), Optional.empty()),
        new Code(snapshot, Optional.empty(), false, Optional.empty()),
        "digest",
        NOW);
  }

  private static final Plan LOCAL = template("local", Optional.of("abc"));
  private static final RunState ENDED =
      RunState.of(LOCAL.workflow())
          .apply(new RunEvent.Submitted(NOW))
          .apply(new RunEvent.Launching("train", 1, NOW, "m"))
          .apply(new RunEvent.Ended("train", 1, NOW, Outcome.Succeeded.PLAIN, Usage.UNKNOWN));

  @Test
  void aTrialWorksInACopyOfItsOwn() {
    assertThat(copies.make(RUN, LOCAL).directory()).isEqualTo("/runs/digits-x7k2p-3");
    assertThat(files.brought).containsEntry(RUN, "abc in /runs/digits-x7k2p-3");
  }

  @Test
  void whereTheCodeWasNotKeptItWorksWhereItWasTyped() {
    assertThat(copies.make(RUN, template("local", Optional.empty())).directory())
        .isEqualTo("/home/ada/digits");
  }

  @Test
  void whatWasWrittenThroughALinkIsSaidInTheLogAndTold() {
    copies.make(RUN, LOCAL);
    keeper.written = List.of("data/big");
    assertThat(copies.settle(RUN, LOCAL, ENDED, Written.By.TRIAL)).containsExactly("data/big");
    assertThat(files.said)
        .containsExactly(
            "digits-x7k2p-3/train/1: ferry: `data/big` was written to while this trial ran: trials"
                + " have a link there in place of a copy, so you and all of them find what one"
                + " writes");
  }

  @Test
  void ofAScheduledRunItIsSaidInItsLogToo() {
    copies.make(RUN, LOCAL);
    keeper.written = List.of("data/big");
    copies.settle(RUN, LOCAL, ENDED, Written.By.SCHEDULE);
    assertThat(files.said)
        .containsExactly(
            "digits-x7k2p-3/train/1: ferry: `data/big` was written to while this run ran: scheduled"
                + " runs have a link there in place of a copy, so you and all of them find what one"
                + " writes");
  }

  @Test
  void aCopyIsSettledOnce() {
    copies.make(RUN, LOCAL);
    keeper.written = List.of("data/big");
    copies.settle(RUN, LOCAL, ENDED, Written.By.TRIAL);
    assertThat(copies.settle(RUN, LOCAL, ENDED, Written.By.TRIAL)).isEmpty();
    assertThat(files.said).hasSize(1);
  }

  @Test
  void ofTrialsElsewhereNothingIsSaidForNobodyMayHaveWorkedInTheCopy() {
    var cluster = template("kubernetes", Optional.of("abc"));
    copies.make(RUN, cluster);
    keeper.written = List.of("data/big");
    assertThat(copies.settle(RUN, cluster, ENDED, Written.By.TRIAL)).isEmpty();
    assertThat(files.said).isEmpty();
    assertThat(files.brought).isEmpty();
  }

  @Test
  void aCopyThatCannotBeReadStaysAsItIsAndItsLogSaysSo() {
    copies.make(RUN, LOCAL);
    keeper.trouble = true;
    assertThat(copies.settle(RUN, LOCAL, ENDED, Written.By.TRIAL)).isEmpty();
    assertThat(files.said)
        .containsExactly(
            "digits-x7k2p-3/train/1: ferry: its copy stays as it is: the disk is gone");
  }

  /** Keeps nothing, and says what it is told to say. */
  private static final class Keeper implements CodeKeeper {
    private List<String> written = List.of();
    private boolean trouble;

    @Override
    public Code keep(Path directory) {
      return Code.UNKNOWN;
    }

    @Override
    public void visit(String snapshot, Visitor visitor) {}

    @Override
    public SortedMap<String, String> files(String snapshot) {
      return new TreeMap<>();
    }

    @Override
    public Optional<String> restore(String snapshot, Path original, Path target) {
      return Optional.of(snapshot + " in " + target);
    }

    @Override
    public List<String> settle(String brought, Path original, Path target) {
      if (trouble) {
        throw new SystemError.Unavailable("the disk is gone", List.of()).thrown();
      }
      return written;
    }

    @Override
    public void bringBack(Path copy) {}

    @Override
    public List<Difference> diff(String from, String to) {
      return List.of();
    }
  }
}
