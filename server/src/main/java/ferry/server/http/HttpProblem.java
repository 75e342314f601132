package ferry.server.http;

import java.util.List;

/**
 * A request that HTTP itself has a word against: no such address, no token, too much of it. It has
 * no stack trace.
 */
public final class HttpProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;
  private final transient List<String> help;

  public HttpProblem(int status, String code, String message, String... help) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.help = List.of(help);
  }

  public int status() {
    return status;
  }

  /** A stable word for programs. */
  public String code() {
    return code;
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }

  public List<String> help() {
    return help;
  }
}
