package ferry.server;

import ferry.run.AttemptId;
import ferry.run.RunId;
import ferry.submission.TrialFiles;
import java.nio.file.Path;
import java.util.Optional;

/** Copies below a directory in which nobody works. */
record CopiesIn(Path place) implements TrialFiles {
  @Override
  public Path emptyDirectory(RunId run) {
    return directory(run);
  }

  @Override
  public Path directory(RunId run) {
    return place.resolve(run.value());
  }

  @Override
  public void keepBrought(RunId run, String brought) {}

  @Override
  public Optional<String> brought(RunId run) {
    return Optional.empty();
  }

  @Override
  public void forgetBrought(RunId run) {}

  @Override
  public void say(AttemptId attempt, String line) {}

  @Override
  public void clear(Path directory, String file) {}

  @Override
  public boolean dropCheckpoints(RunId run) {
    return false;
  }

  @Override
  public void handOn(RunId from, RunId to) {}

  @Override
  public Path write(RunId run, String params) {
    return directory(run).resolve("params");
  }
}
