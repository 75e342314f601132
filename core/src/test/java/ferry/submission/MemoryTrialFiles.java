package ferry.submission;

import ferry.run.AttemptId;
import ferry.run.RunId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What lies beside trials' runs, in memory. */
public final class MemoryTrialFiles implements TrialFiles {
  public final Map<RunId, String> brought = new HashMap<>();
  public final List<String> said = new ArrayList<>();
  public final List<String> dropped = new ArrayList<>();
  private final List<String> checkpoints;

  /** Files of runs, of which some have saved checkpoints. */
  public MemoryTrialFiles(List<String> checkpoints) {
    this.checkpoints = checkpoints;
  }

  @Override
  public Path emptyDirectory(RunId run) {
    return directory(run);
  }

  @Override
  public Path directory(RunId run) {
    return Path.of("/runs", run.value());
  }

  @Override
  public void keepBrought(RunId run, String text) {
    brought.put(run, text);
  }

  @Override
  public Optional<String> brought(RunId run) {
    return Optional.ofNullable(brought.get(run));
  }

  @Override
  public void forgetBrought(RunId run) {
    brought.remove(run);
  }

  @Override
  public void say(AttemptId attempt, String line) {
    said.add(attempt + ": " + line);
  }

  @Override
  public boolean dropCheckpoints(RunId run) {
    boolean isThere = checkpoints.contains(run.value());
    if (isThere) {
      dropped.add(run.value());
    }
    return isThere;
  }

  @Override
  public void handOn(RunId from, RunId to) {}

  @Override
  public void clear(Path directory, String file) {}

  @Override
  public Path write(RunId run, String params) {
    return directory(run).resolve("params");
  }
}
