package ferry.engine;

import ferry.error.UserException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What is put to the engine by anybody, and taken by its own thread, all there is at once. Once the
 * engine has ended, whoever waits is told why, and so is everybody who comes later.
 */
final class Inbox {
  /** How long news waits for company that nothing is held up by. */
  private static final Duration LEISURE = Duration.ofMillis(10);

  private final BlockingQueue<Wish> wishes = new LinkedBlockingQueue<>();
  private volatile Optional<UserException> end = Optional.empty();

  /** Adds a wish to those of the next turn, without waiting for its answer. */
  void put(Wish wish) {
    wishes.add(wish);
    if (end.isPresent()) {
      refuse(takeAll());
    }
  }

  /** Adds a wish and waits until it is granted; throws why it is not. */
  void await(Wish.Awaited wish) {
    put(wish);
    try {
      wish.answer().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof UserException refused ? refused : e;
    }
  }

  /** Nobody takes wishes any more, neither those in hand nor any to come. */
  void end(List<Wish> inHand, UserException why) {
    end = Optional.of(why);
    refuse(inHand);
    refuse(takeAll());
  }

  private void refuse(List<Wish> all) {
    for (var wish : all) {
      if (wish instanceof Wish.Awaited awaited) {
        awaited.answer().completeExceptionally(end.orElseThrow());
      }
    }
  }

  /** Why nobody takes wishes any more, if nobody does. */
  Optional<UserException> ended() {
    return end;
  }

  boolean isEmpty() {
    return wishes.isEmpty();
  }

  /** Everything that is there now. */
  List<Wish> takeAll() {
    var all = new ArrayList<Wish>();
    wishes.drainTo(all);
    return all;
  }

  /**
   * Waits until there is something, at most so long. What may wait is gathered for a moment: steps
   * that last milliseconds then share a commit.
   *
   * @param mayWait whether nothing is held up if all of it waits for more
   */
  List<Wish> await(Optional<Duration> longest, Predicate<List<Wish>> mayWait)
      throws InterruptedException {
    var first =
        longest.isEmpty()
            ? wishes.take()
            : wishes.poll(longest.get().toMillis() + 1, TimeUnit.MILLISECONDS);
    var all = new ArrayList<Wish>();
    if (first != null) {
      all.add(first);
      wishes.drainTo(all);
      gather(all, mayWait);
    }
    return all;
  }

  private void gather(List<Wish> all, Predicate<List<Wish>> mayWait) throws InterruptedException {
    long until = System.nanoTime() + LEISURE.toNanos();
    while (mayWait.test(all)) {
      var next = wishes.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        return;
      }
      all.add(next);
      wishes.drainTo(all);
    }
  }
}
