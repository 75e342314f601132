package ferry.cli;

import ferry.cli.client.Failure;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/**
 * A command as it was given.
 *
 * @param name the command's name as typed
 * @param rest the words after {@code --}, which are nobody's options
 */
record Invocation(String name, ParseResult parsed, Optional<List<String>> rest) {

  boolean has(String flag) {
    return parsed.matchedOptionValue(flag, false);
  }

  Optional<String> value(String option) {
    return Optional.ofNullable(parsed.matchedOptionValue(option, null));
  }

  List<String> values(String option) {
    return parsed.matchedOptionValue(option, List.of());
  }

  /** A whole number in a range, or what stands for it where it was not given. */
  long number(String option, long least, long most, long otherwise) {
    var given = value(option);
    if (given.isEmpty()) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(given.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw notANumber(option, given.get(), least, most);
    }
    throw notANumber(option, given.get(), least, most);
  }

  private static RuntimeException notANumber(String option, String found, long least, long most) {
    var range = most == Long.MAX_VALUE ? "from " + least + " on" : least + " to " + most;
    return Failure.usage("`" + option + "` is `" + found + "`; expected a whole number, " + range)
        .thrown();
  }

  /** The words that are no options; more than so many are refused. */
  List<String> words(int most) {
    List<String> words = parsed.matchedPositionalValue(0, List.of());
    if (words.size() > most) {
      var first = "`ferry " + name + "` takes ";
      var takes = most == 0 ? "no words" : most == 1 ? "one word" : "at most " + most + " words";
      throw Failure.usage(
              first
                  + takes
                  + ", and here are "
                  + words.size()
                  + ": `"
                  + words.get(most)
                  + "` is one too many",
              "`ferry help " + name + "` shows what it takes")
          .thrown();
    }
    return words;
  }

  /** The word at a place, from 0. */
  Optional<String> word(int index, int most) {
    var words = words(most);
    return index < words.size() ? Optional.of(words.get(index)) : Optional.empty();
  }

  /** What {@code -o} asks for; anything but these formats is refused. */
  Optional<String> format(String... formats) {
    var given = value(Options.OUTPUT);
    if (given.isPresent() && !List.of(formats).contains(given.get())) {
      throw Failure.usage("`-o` is `" + given.get() + "`; expected " + String.join(" or ", formats))
          .thrown();
    }
    return given;
  }
}
