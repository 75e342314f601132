package ferry.server.upkeep;

import ferry.backend.Plan;
import ferry.engine.Journal;
import ferry.error.UserException;
import ferry.run.RunEvent;
import ferry.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A journal of which it is known how long it takes to write, and whether it can. */
public final class WatchedJournal implements Journal {
  /** A failure is old news after so long without another. */
  private static final Duration NEWS = Duration.ofSeconds(30);

  private final Journal journal;
  private final Timings appends = new Timings();
  private volatile Optional<Failure> failure = Optional.empty();

  private record Failure(String words, long nanos) {}

  public WatchedJournal(Journal journal) {
    this.journal = journal;
  }

  /** How long turns took to be written. */
  Timings appends() {
    return appends;
  }

  /** Why it could not be written when it was tried last. */
  Optional<String> failure() {
    return failure
        .filter(last -> System.nanoTime() - last.nanos < NEWS.toNanos())
        .map(Failure::words);
  }

  @Override
  public void append(List<Entry> entries) {
    long started = System.nanoTime();
    try {
      journal.append(entries);
      failure = Optional.empty();
    } catch (UserException refused) {
      if (refused.error() instanceof ferry.error.SystemError) {
        failure = Optional.of(new Failure(String.valueOf(refused.getMessage()), System.nanoTime()));
      }
      throw refused;
    } finally {
      appends.add(System.nanoTime() - started);
    }
  }

  @Override
  public Optional<Plan> plan(RunId run) {
    return journal.plan(run);
  }

  @Override
  public Optional<Plan> bare(RunId run) {
    return journal.bare(run);
  }

  @Override
  public Optional<String> digest(RunId run) {
    return journal.digest(run);
  }

  @Override
  public void giveUp(RunId run, Instant at, String reason) {
    journal.giveUp(run, at, reason);
  }

  @Override
  public List<RunEvent> events(RunId run) {
    return journal.events(run);
  }

  @Override
  public List<RunId> unfinished() {
    return journal.unfinished();
  }
}
