package ferry.cli;

import ferry.cli.terminal.Colour;
import ferry.cli.terminal.Output;
import ferry.cli.terminal.Width;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A command's help, from its spec: how it is called, what it does, each word and option. */
final class Usage {
  private static final int MOST_INDENT = 28;

  private Usage() {}

  /** {@code ferry logs [RUN [STEP]] [options]}. */
  static String synopsis(CommandSpec spec) {
    var synopsis = new StringBuilder("ferry ").append(spec.name());
    for (var words : spec.positionalParameters()) {
      synopsis.append(' ').append(words.paramLabel());
    }
    return synopsis.append(" [options]").toString();
  }

  static void print(CommandSpec spec, Output out) {
    out.println(out.paint(Colour.BOLD, synopsis(spec)));
    for (var line : spec.usageMessage().description()) {
      out.println(line);
    }
    var rows = rows(spec);
    int indent = 0;
    for (var row : rows) {
      int width = Width.of(row.names());
      indent = width <= MOST_INDENT ? Math.max(indent, width) : indent;
    }
    out.println("");
    for (var row : rows) {
      printRow(row, indent, out);
    }
  }

  private static void printRow(Row row, int indent, Output out) {
    boolean fits = Width.of(row.names()) <= indent;
    out.print("  ").print(fits ? Width.pad(row.names(), indent) : row.names());
    out.println(
        fits ? "  " + row.description() : "\n  " + " ".repeat(indent) + "  " + row.description());
  }

  /** A word or option and what it means. */
  record Row(String names, String description) {}

  static List<Row> rows(CommandSpec spec) {
    var rows = new ArrayList<Row>();
    for (var words : spec.positionalParameters()) {
      rows.add(new Row(words.paramLabel(), description(words)));
    }
    for (var option : spec.options()) {
      if (!option.hidden()) {
        rows.add(new Row(names(option), description(option)));
      }
    }
    return rows;
  }

  private static String names(OptionSpec option) {
    var names = new ArrayList<>(List.of(option.names()));
    names.sort((a, b) -> Integer.compare(a.length(), b.length()));
    var label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
    return String.join(", ", names) + label;
  }

  private static String description(ArgSpec arg) {
    return String.join(" ", arg.description());
  }
}
