package ferry.server.mlflow;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Pages of a list: the token of the next page says how many entries came before it. */
record Paging(int offset, int limit) {
  private static final String PREFIX = "from:";

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

  /** Where more than a page was read, the token of the next one. */
  Optional<String> next(int read) {
    if (read <= limit) {
      return Optional.empty();
    }
    var text = PREFIX + (offset + limit);
    return Optional.of(
        Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The page's part of a list of all. */
  <T> List<T> of(List<T> all) {
    int from = Math.min(offset, all.size());
    return all.subList(from, Math.min(all.size(), from + limit));
  }

  /** The token that follows the page's part of a list of all. */
  Optional<String> nextOf(List<?> all) {
    return next(all.size() - Math.min(offset, all.size()));
  }
}
