package ferry.server.mlflow;

import java.util.List;
import java.util.random.RandomGenerator;

/** Names for runs that nobody named, easy to say and to tell apart. */
final class Names {
  private static final List<String> HOW =
      List.of(
          "able", "bold", "brave", "brisk", "calm", "clear", "crisp", "deep", "eager", "fair",
          "fast", "firm", "fond", "fresh", "gentle", "glad", "grand", "handy", "keen", "kind",
          "light", "lively", "loyal", "merry", "mild", "neat", "noble", "plain", "proud", "quick",
          "quiet", "rapid", "ready", "sharp", "sleek", "smart", "steady", "sunny", "swift", "warm");
  private static final List<String> WHAT =
      List.of(
          "auk", "barge", "bay", "bream", "brig", "buoy", "carp", "clam", "cod", "coot", "crab",
          "crane", "curlew", "delta", "dory", "duck", "eel", "eider", "gull", "heron", "ketch",
          "loach", "loon", "otter", "perch", "pike", "plover", "puffin", "ray", "reed", "seal",
          "skiff", "sloop", "sole", "stork", "swan", "tern", "trout", "whale", "yawl");

  private Names() {}

  static String draw(RandomGenerator random) {
    return HOW.get(random.nextInt(HOW.size()))
        + "-"
        + WHAT.get(random.nextInt(WHAT.size()))
        + "-"
        + (100 + random.nextInt(900));
  }
}
