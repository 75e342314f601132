package ferry.engine;

import ferry.backend.Plan;
import ferry.run.RunEvent;
import ferry.run.RunEvent.StepEvent;
import ferry.run.RunId;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What is put to the engine; taken in the order in which it came. */
sealed interface Wish {

  RunId run();

  /** A wish that somebody waits for: completed when it is durable, or with the error. */
  sealed interface Awaited extends Wish {
    CompletableFuture<Void> answer();
  }

  record Submit(Plan plan, CompletableFuture<Void> answer) implements Awaited {
    @Override
    public RunId run() {
      return plan.id();
    }
  }

  record Stop(RunId run, String reason, CompletableFuture<Void> answer) implements Awaited {}

  record Retry(RunId run, CompletableFuture<Void> answer) implements Awaited {}

  record Follow(RunId run, Consumer<RunEvent> events, CompletableFuture<Void> answer)
      implements Awaited {}

  /** Holds an ended run still, so that it can be forgotten. */
  record Remove(RunId run, CompletableFuture<Void> answer) implements Awaited {}

  /** The run was forgotten, or could not be. */
  record Removed(RunId run) implements Wish {}

  record Report(RunId run, StepEvent event) implements Wish {}
}
