package ferry.cli;

import ferry.cli.client.Failure;
import ferry.workflow.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads the words of one command, and says in one sentence what is wrong with them. */
record Parser(String name, CommandSpec spec) {

  Invocation parse(List<String> words, Optional<List<String>> rest) {
    // Text is all there is: converters for databases and dates would be looked up one by one.
    System.setProperty("picocli.converters.excludes", ".*");
    var line =
        new CommandLine(spec, Options.LISTS)
            .setExpandAtFiles(false)
            .setAbbreviatedOptionsAllowed(false);
    try {
      return new Invocation(name, line.parseArgs(words.toArray(new String[0])), rest);
    } catch (UnmatchedArgumentException e) {
      throw unmatched(e.getUnmatched()).thrown();
    } catch (MissingParameterException e) {
      throw missing(e).thrown();
    } catch (OverwrittenOptionException e) {
      throw usage("`" + longest((OptionSpec) e.getOverwritten()) + "` is given twice").thrown();
    } catch (ParameterException e) {
      throw usage(firstLine(String.valueOf(e.getMessage()))).thrown();
    }
  }

  private Failure unmatched(List<String> unmatched) {
    var word = unmatched.getFirst();
    if (!word.startsWith("-")) {
      return usage("`ferry " + name + "` takes no words, and here is `" + word + "`");
    }
    int equals = word.indexOf('=');
    var option = equals > 0 ? word.substring(0, equals) : word;
    var message = "`ferry " + name + "` has no option `" + option + "`";
    var help = new ArrayList<String>();
    Names.nearest(option, optionNames())
        .ifPresent(near -> help.add("did you mean `" + near + "`?"));
    if (name.equals("run") || name.equals("explain")) {
      help.add(
          "an option of the command itself goes into its quotes, or after `--`: `ferry "
              + name
              + " -- python train.py "
              + option
              + " …`");
    }
    help.add("`ferry help " + name + "` lists the options");
    return Failure.usage(message, help.toArray(new String[0]));
  }

  private List<String> optionNames() {
    var names = new ArrayList<String>();
    for (var option : spec.options()) {
      names.addAll(List.of(option.names()));
    }
    return names;
  }

  private Failure missing(MissingParameterException e) {
    for (var missing : e.getMissing()) {
      if (missing instanceof OptionSpec option) {
        return usage(
            "`"
                + longest(option)
                + "` needs a value: `"
                + longest(option)
                + " "
                + option.paramLabel()
                + "`");
      }
    }
    return usage(firstLine(String.valueOf(e.getMessage())));
  }

  private Failure usage(String message) {
    return Failure.usage(message, "`ferry help " + name + "` shows what it takes");
  }

  private static String longest(OptionSpec option) {
    return option.longestName();
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
