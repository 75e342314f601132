package ferry.server.mlflow;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Pages of a list: the token of the next page says how many entries came before it. */
record Paging(int offset, int limit) {
  private static final String PREFIX = "from:";

  /**
   * A page.
   *
   * @param next the token of the page that follows
   */
  record Page<T>(List<T> entries, Optional<String> next) {}

  static Paging of(Parameters parameters, int usual, int most) {
    int limit = parameters.count("max_results", 1, most).orElse(usual);
    var token = parameters.optionalText("page_token").filter(text -> !text.isEmpty());
    return new Paging(token.map(Paging::offset).orElse(0), limit);
  }

  private static int offset(String token) {
    try {
      var text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (text.startsWith(PREFIX)) {
        return Math.max(0, Integer.parseInt(text.substring(PREFIX.length())));
      }
    } catch (IllegalArgumentException _) {
      // worded below, like any other token that is none of ours
    }
    throw MlflowProblem.invalid("Invalid page token, could not decode it");
  }

  /** The token that goes on after so many entries of this page. */
  String after(int entries) {
    var text = PREFIX + (offset + entries);
    return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The page's part of a list of all: one entry at least, and no more than an answer has room for.
   */
  <T> Page<T> of(List<T> all, ToLongFunction<T> weight) {
    int from = Math.min(offset, all.size());
    int most = Math.min(all.size() - from, limit);
    int count = 0;
    for (long sum = 0; count < most; count++) {
      sum += weight.applyAsLong(all.get(from + count));
      if (sum > Weight.MOST && count > 0) {
        break;
      }
    }
    var next = from + count < all.size() ? Optional.of(after(count)) : Optional.<String>empty();
    return new Page<>(all.subList(from, from + count), next);
  }
}
