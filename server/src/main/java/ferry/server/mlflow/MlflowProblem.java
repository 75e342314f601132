package ferry.server.mlflow;

/** An answer that says no, in MLflow's words. It has no stack trace. */
final class MlflowProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** MLflow's codes, as far as they are used here, each with its HTTP status. */
  enum Code {
    INVALID_PARAMETER_VALUE(400),
    BAD_REQUEST(400),
    RESOURCE_ALREADY_EXISTS(400),
    RESOURCE_DOES_NOT_EXIST(404),
    ENDPOINT_NOT_FOUND(404),
    UNAUTHENTICATED(401),
    PERMISSION_DENIED(403),
    RESOURCE_CONFLICT(409),
    REQUEST_LIMIT_EXCEEDED(429),
    INVALID_STATE(500),
    INTERNAL_ERROR(500),
    TEMPORARILY_UNAVAILABLE(503);

    final int status;

    Code(int status) {
      this.status = status;
    }
  }

  private final Code code;

  MlflowProblem(Code code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  static MlflowProblem invalid(String message) {
    return new MlflowProblem(Code.INVALID_PARAMETER_VALUE, message);
  }

  static MlflowProblem missing(String what) {
    return new MlflowProblem(Code.RESOURCE_DOES_NOT_EXIST, what);
  }

  static MlflowProblem denied(String message) {
    return new MlflowProblem(Code.PERMISSION_DENIED, message);
  }

  Code code() {
    return code;
  }
}
