package ferry.server;

import ferry.backend.Plan;
import ferry.engine.Journal;
import ferry.error.SystemError;
import ferry.run.RunEvent;
import ferry.run.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A journal on a disk that may be full. */
record RefusingJournal(Journal journal, AtomicBoolean isFull) implements Journal {
  @Override
  public void append(List<Entry> entries) {
    if (isFull.get()) {
      throw new SystemError.DiskFull("/home/ada/.ferry", 0).thrown();
    }
    if (!entries.isEmpty()) {
      journal.append(entries);
    }
  }

  @Override
  public Optional<Plan> plan(RunId run) {
    return journal.plan(run);
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
