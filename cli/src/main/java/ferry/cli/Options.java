package ferry.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Builds the options and words of a command. */
final class Options {
  static final String HELP = "--help";
  static final String EMBEDDED = "--embedded";
  static final String OUTPUT = "--output";

  /**
   * Makes lists for options that may be repeated. Picocli's own factory looks for Groovy in every
   * jar there is.
   */
  static final IFactory LISTS = new ListFactory();

  private Options() {}

  private static final class ListFactory implements IFactory {
    @Override
    public <K> K create(Class<K> kind) {
      if (kind == List.class) {
        return kind.cast(new ArrayList<>());
      }
      throw new IllegalStateException("nothing makes a " + kind);
    }
  }

  static CommandSpec command(String name, String description) {
    var spec = CommandSpec.wrapWithoutInspection(null, LISTS).name(name);
    spec.usageMessage().description(description);
    return spec.addOption(flag("Show this help.", HELP, "-h"));
  }

  /** A command that speaks to the server. */
  static CommandSpec asking(String name, String description) {
    return command(name, description)
        .addOption(flag("Run the server inside this command.", EMBEDDED));
  }

  static OptionSpec flag(String description, String... names) {
    return OptionSpec.builder(names)
        .type(boolean.class)
        .arity("0")
        .description(description)
        .build();
  }

  static OptionSpec value(String label, String description, String... names) {
    return OptionSpec.builder(names)
        .type(String.class)
        .arity("1")
        .paramLabel(label)
        .description(description)
        .build();
  }

  /** An option that may be given several times. */
  static OptionSpec values(String label, String description, String... names) {
    return OptionSpec.builder(names)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .paramLabel(label)
        .description(description)
        .build();
  }

  static OptionSpec output(String formats) {
    return value("FORMAT", "Print " + formats + ".", OUTPUT, "-o");
  }

  static PositionalParamSpec words(String label, String description) {
    return PositionalParamSpec.builder()
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("0..*")
        .paramLabel(label)
        .description(description)
        .build();
  }
}
