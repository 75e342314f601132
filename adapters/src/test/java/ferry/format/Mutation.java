package ferry.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Breaks a text as slips of the hand, bad merges and bad disks do. */
final class Mutation {
  private static final List<String> TOKENS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ": ",
          "- ",
          ",",
          "#",
          "\"",
          "'",
          "|",
          ">",
          "&a ",
          "*a",
          "<<: *a",
          "!",
          "!!str ",
          "%",
          "@",
          "`",
          "\t",
          "\n",
          "\r",
          "\n\n",
          " ",
          "  ",
          "---\n",
          "...\n",
          "~",
          "null",
          "0",
          "-1",
          "1e5",
          "{x}",
          "{a.b}",
          "{{x}}",
          "${X}",
          "\u0000",
          "\u0007",
          "\uFEFF",
          "\uFFFD",
          "\u2028",
          "\u00e9",
          "\ud83d\ude80",
          "\udbff\udffc",
          "\ud800",
          "? ",
          "\\",
          "\\x",
          "steps:",
          "run:",
          "after: train",
          "foreach:",
          "jobs:");

  private Mutation() {}

  static String of(String text, Random random) {
    return switch (random.nextInt(9)) {
      case 0 -> spliced(text, random, "", 1 + random.nextInt(3));
      case 1 -> spliced(text, random, TOKENS.get(random.nextInt(TOKENS.size())), 0);
      case 2 ->
          spliced(text, random, TOKENS.get(random.nextInt(TOKENS.size())), 1 + random.nextInt(10));
      case 3 ->
          spliced(text, random, Character.toString(random.nextInt(0xD7FF)), random.nextInt(2));
      case 4 -> lines(text, random, 0);
      case 5 -> lines(text, random, 1);
      case 6 -> lines(text, random, 2);
      case 7 -> lines(text, random, 3);
      default -> words(text, random);
    };
  }

  private static String spliced(String text, Random random, String with, int length) {
    int at = random.nextInt(text.length() + 1);
    return text.substring(0, at) + with + text.substring(Math.min(text.length(), at + length));
  }

  private static String lines(String text, Random random, int how) {
    var lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
    int one = random.nextInt(lines.size());
    int other = random.nextInt(lines.size());
    switch (how) {
      case 0 -> lines.remove(one);
      case 1 -> lines.add(other, lines.get(one));
      case 2 -> Collections.swap(lines, one, other);
      default -> lines.set(one, " ".repeat(random.nextInt(8)) + lines.get(one).strip());
    }
    return String.join("\n", lines);
  }

  private static String words(String text, Random random) {
    var words = new ArrayList<>(Arrays.asList(text.split("(?<=\\W)|(?=\\W)")));
    Collections.swap(words, random.nextInt(words.size()), random.nextInt(words.size()));
    return String.join("", words);
  }
}
