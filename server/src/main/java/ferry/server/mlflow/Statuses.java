package ferry.server.mlflow;

import ferry.query.Clause;
import ferry.query.Operand;
import ferry.run.RunStatus;
import java.util.Locale;

/** States of runs in MLflow's words. */
final class Statuses {
  private Statuses() {}

  static String word(RunStatus status) {
    return switch (status) {
      case WAITING -> "SCHEDULED";
      case RUNNING -> "RUNNING";
      case SUCCEEDED -> "FINISHED";
      case FAILED -> "FAILED";
      case STOPPED -> "KILLED";
    };
  }

  static RunStatus status(String word) {
    return switch (word) {
      case "SCHEDULED", "2" -> RunStatus.WAITING;
      case "RUNNING", "1" -> RunStatus.RUNNING;
      case "FINISHED", "3" -> RunStatus.SUCCEEDED;
      case "FAILED", "4" -> RunStatus.FAILED;
      case "KILLED", "5" -> RunStatus.STOPPED;
      default ->
          throw MlflowProblem.invalid(
              "Invalid value "
                  + word
                  + " for parameter 'status' supplied; expected RUNNING,"
                  + " SCHEDULED, FINISHED, FAILED or KILLED");
    };
  }

  /** A clause about the status, with Ferry's word instead of MLflow's. */
  static Clause translated(Clause clause) {
    if (clause.operand() instanceof Operand.Text(var text)) {
      for (var status : RunStatus.values()) {
        if (word(status).equals(text.toUpperCase(Locale.ROOT))) {
          return new Clause(clause.field(), clause.operator(), new Operand.Text(status.word()));
        }
      }
    }
    return clause;
  }
}
