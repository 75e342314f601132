package ferry.search.space;

import ferry.error.Location;
import ferry.error.SearchError;
import ferry.error.UserException;
import java.util.List;

/**
 * The text of a parameter, and errors that point into it.
 *
 * @param source where the text stands, as errors name it
 */
record ParameterText(String name, String source, String text) {

  /** An error about what stands from {@code from} to before {@code to}. */
  UserException error(int from, int to, String found, String expected, String... help) {
    int first = Math.clamp(from, 0, text.length());
    return new SearchError.BadParameter(name, found, expected, List.of(help))
        .thrown()
        .at(Location.of(source, text, first, Math.clamp(to, first, text.length())));
  }

  /** An error about a part of the text that begins at {@code at}, white space around it aside. */
  UserException error(int at, String part, String found, String expected, String... help) {
    int from = at + part.length() - part.stripLeading().length();
    return error(from, from + part.strip().length(), found, expected, help);
  }
}
