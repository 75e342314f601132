package ferry.cli;

import ferry.cli.client.Failure;
import ferry.cli.terminal.Colour;
import ferry.cli.terminal.Output;
import ferry.cli.terminal.Width;
import picocli.CommandLine.Model.CommandSpec;

/** Lists the commands, or shows one. */
final class HelpCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Options.command("help", "Lists the commands, or shows one.")
        .addPositional(Options.words("[COMMAND]", "The command to show."));
  }

  @Override
  public int run(Invocation given, Session session) {
    var name = given.word(0, 1);
    if (name.isEmpty()) {
      return overview(session.out());
    }
    var command =
        Commands.find(name.get())
            .orElseThrow(() ->
                Failure.usage("there is no command `" + name.get() + "`", "`ferry help` lists them")
                    .thrown());
    Usage.print(command.spec(), session.out());
    return 0;
  }

  int overview(Output out) {
    out.println(out.paint(Colour.BOLD, "ferry COMMAND [options]"));
    out.println(
        "Takes machine-learning code from where it is written to where there is room to run it.");
    out.println("");
    out.println(
        "  ferry run \"python prepare.py >> [python train.py relu, python train.py tanh] >> python"
            + " evaluate.py\"");
    out.println("");
    for (var name : Commands.NAMES) {
      var spec = Commands.find(name).orElseThrow().spec();
      out.println("  " + Width.pad(name, 12) + String.join(" ", spec.usageMessage().description()));
    }
    out.println("");
    out.println(
        "`ferry help COMMAND` shows its options. Where a run is asked for and none is named, it is"
            + " the latest.");
    return 0;
  }
}
