package ferry.cli;

import ferry.cli.config.Config;
import java.util.ArrayList;
import java.util.List;

/** The completion scripts: commands and options stand in them, ids of runs are asked for. */
final class CompletionScript {
  private static final String FUNCTION =
      """
      _ferry() {
        local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]} options=
        COMPREPLY=()
        if [ "$COMP_CWORD" -eq 1 ]; then
          COMPREPLY=($(compgen -W "@COMMANDS@" -- "$word"))
          return
        fi
        case $before in
          -f | --file) COMPREPLY=($(compgen -f -- "$word")); return ;;
          -o | --output) COMPREPLY=($(compgen -W "json yaml" -- "$word")); return ;;
          --on) COMPREPLY=($(compgen -W "local kubernetes argo" -- "$word")); return ;;
          -s | --state) COMPREPLY=($(compgen -W "waiting running succeeded failed stopped" -- "$word")); return ;;
        esac
        case $command in
      @OPTIONS@  esac
        if [[ $word == -* ]]; then
          COMPREPLY=($(compgen -W "$options" -- "$word"))
          return
        fi
        case $command in
          show | stop | retry | rerun | rm | delete | diff)
            COMPREPLY=($(compgen -W "$(ferry complete-words runs 2>/dev/null)" -- "$word")) ;;
          logs)
            if [ "$COMP_CWORD" -eq 2 ]; then
              COMPREPLY=($(compgen -W "$(ferry complete-words runs 2>/dev/null)" -- "$word"))
            else
              COMPREPLY=($(compgen -W "$(ferry complete-words steps "${COMP_WORDS[2]}" 2>/dev/null)" -- "$word"))
            fi ;;
          server) COMPREPLY=($(compgen -W "stop status" -- "$word")) ;;
          schedules) COMPREPLY=($(compgen -W "pause continue rm" -- "$word")) ;;
          config) COMPREPLY=($(compgen -W "@SETTINGS@" -- "$word")) ;;
          completion) COMPREPLY=($(compgen -W "bash zsh" -- "$word")) ;;
          help) COMPREPLY=($(compgen -W "@COMMANDS@" -- "$word")) ;;
          run | explain) COMPREPLY=($(compgen -f -- "$word")) ;;
        esac
      }
      """;

  private CompletionScript() {}

  static String bash() {
    return "# Completes Ferry's words in bash: source <(ferry completion bash)\n"
        + function()
        + "complete -o default -F _ferry ferry ./ferry\n";
  }

  /** zsh runs the same function through its own bridge. */
  static String zsh() {
    return "# Completes Ferry's words in zsh: source <(ferry completion zsh)\n"
        + "autoload -U +X compinit && compinit -i\nautoload -U +X bashcompinit && bashcompinit\n"
        + function()
        + "complete -o default -F _ferry ferry ./ferry\n";
  }

  private static String function() {
    var names = String.join(" ", Commands.NAMES);
    var options = new StringBuilder();
    for (var name : Commands.NAMES) {
      options
          .append("    ")
          .append(name)
          .append(") options=\"")
          .append(String.join(" ", options(name)))
          .append("\" ;;\n");
    }
    return FUNCTION
        .replace("@COMMANDS@", names)
        .replace("@OPTIONS@", options)
        .replace("@SETTINGS@", String.join(" ", Config.keys()));
  }

  private static List<String> options(String command) {
    var options = new ArrayList<String>();
    for (var option : Commands.find(command).orElseThrow().spec().options()) {
      if (!option.hidden()) {
        options.addAll(List.of(option.names()));
      }
    }
    return options;
  }
}
