package ferry.registry;

import ferry.error.RequestError;
import java.util.List;
import java.util.regex.Pattern;

/** A name for a version of a model, like {@code champion}: which may be given. */
public final class Alias {
  private static final int LONGEST = 255;
  private static final Pattern GOOD = Pattern.compile("[\\w\\-]+");
  private static final Pattern LIKE_VERSION = Pattern.compile("[vV]\\d+");

  /** What a good one is made of, in words. */
  public static final String EXPECTED =
      "letters, digits, `_` and `-`, at most "
          + LONGEST
          + " of them; `latest` and names like `v1` stand for versions";

  private Alias() {}

  public static boolean isGood(String alias) {
    return alias.length() <= LONGEST
        && GOOD.matcher(alias).matches()
        && !alias.equalsIgnoreCase("latest")
        && !LIKE_VERSION.matcher(alias).matches();
  }

  /**
   * Gives back a good one.
   *
   * @throws ferry.error.UserException where it is none
   */
  public static String checked(String alias) {
    if (!isGood(alias)) {
      var shown = alias.length() <= 60 ? alias : alias.substring(0, 60) + "…";
      throw new RequestError.BadRequest(
              "the alias is `" + shown + "`; expected " + EXPECTED,
              List.of("for instance `champion`"))
          .thrown();
    }
    return alias;
  }
}
