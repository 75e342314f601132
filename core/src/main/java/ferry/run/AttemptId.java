package ferry.run;

/**
 * One try of one step run.
 *
 * @param stepRun the step run's name, as in {@code train[relu]}
 * @param number counted from 1
 */
public record AttemptId(RunId run, String stepRun, int number) {
  public AttemptId {
    if (number < 1) {
      throw new IllegalArgumentException("attempts are counted from 1");
    }
  }

  @Override
  public String toString() {
    return run + "/" + stepRun + "/" + number;
  }
}
