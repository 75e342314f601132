package ferry.local;

import java.util.List;
import java.util.Set;

/**
 * A command that no shell has to read: a program and words without any character that means
 * something to a shell. It is started directly, as make does, which takes half as long.
 */
final class PlainCommand {
  private static final String PLAIN = "_-./,:@%+";

  /** What bash and sh do themselves, where that differs from a program of the same name. */
  private static final Set<String> SHELLS_OWN =
      Set.of(
          ".",
          ":",
          "alias",
          "bg",
          "bind",
          "break",
          "builtin",
          "caller",
          "case",
          "cd",
          "command",
          "compgen",
          "complete",
          "compopt",
          "continue",
          "coproc",
          "declare",
          "dirs",
          "disown",
          "do",
          "done",
          "echo",
          "elif",
          "else",
          "enable",
          "esac",
          "eval",
          "exec",
          "exit",
          "export",
          "fc",
          "fg",
          "fi",
          "for",
          "function",
          "getopts",
          "hash",
          "help",
          "history",
          "if",
          "in",
          "jobs",
          "kill",
          "let",
          "local",
          "logout",
          "mapfile",
          "popd",
          "printf",
          "pushd",
          "pwd",
          "read",
          "readarray",
          "readonly",
          "return",
          "select",
          "set",
          "shift",
          "shopt",
          "source",
          "suspend",
          "test",
          "then",
          "time",
          "times",
          "trap",
          "type",
          "typeset",
          "ulimit",
          "umask",
          "unalias",
          "unset",
          "until",
          "wait",
          "while");

  private PlainCommand() {}

  /** The command's words; empty where a shell has to read it. */
  static List<String> words(String script) {
    var trimmed = script.strip();
    if (!trimmed.chars().allMatch(PlainCommand::isPlain)) {
      return List.of();
    }
    var words = List.of(trimmed.split(" +"));
    return SHELLS_OWN.contains(words.getFirst()) ? List.of() : words;
  }

  private static boolean isPlain(int c) {
    boolean letterOrDigit =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return letterOrDigit || c == ' ' || PLAIN.indexOf(c) >= 0;
  }
}
