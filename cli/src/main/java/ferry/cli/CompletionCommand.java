package ferry.cli;

import ferry.cli.client.Failure;
import picocli.CommandLine.Model.CommandSpec;

/** Prints the script that completes Ferry's words in a shell. */
final class CompletionCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Options.command(
            "completion",
            "Prints the completion script for a shell: `source <(ferry completion bash)`.")
        .addPositional(Options.words("bash|zsh", "The shell."));
  }

  @Override
  public int run(Invocation given, Session session) {
    var shell = given.word(0, 1).orElse("");
    session
        .out()
        .print(
            switch (shell) {
              case "bash" -> CompletionScript.bash();
              case "zsh" -> CompletionScript.zsh();
              case "" ->
                  throw Failure.usage(
                          "no shell is named; expected `ferry completion bash` or `zsh`")
                      .thrown();
              default ->
                  throw Failure.usage(
                          "there is no completion for `" + shell + "`; expected bash or zsh")
                      .thrown();
            });
    return 0;
  }
}
