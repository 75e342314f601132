package ferry.workflow;

import ferry.workflow.ShellFrame.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a command runs, as a person would call it: the script rather than the interpreter, the
 * module rather than {@code python -m}.
 *
 * @param name good as a step's name
 * @param arguments the words after it, as written, without quotes
 */
record ProgramName(String name, List<String> arguments) {
  private static final int LONGEST_READ = 2_000;
  private static final int MOST_WORDS = 40;
  private static final Pattern ASSIGNMENT =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*", Pattern.DOTALL);
  private static final Pattern INTERPRETER =
      Pattern.compile(
          "(python|pypy)[0-9.]*|ipython|bash|sh|dash|zsh|ksh|fish|Rscript|perl|ruby|node|deno|bun|julia"
              + "|torchrun|deepspeed|papermill|spark-submit|streamlit|php|lua|octave");
  private static final Pattern EXTENSION =
      Pattern.compile("\\.(py|ipynb|sh|bash|R|r|jl|pl|rb|js|mjs|ts|php|lua|m|exe)$");
  private static final Pattern DURATION = Pattern.compile("[0-9.]+[smhd]?");

  /** Programs that run the command that follows them. */
  private static final Set<String> WRAPPERS =
      Set.of(
          "env",
          "exec",
          "time",
          "nohup",
          "nice",
          "sudo",
          "command",
          "stdbuf",
          "timeout",
          "ionice",
          "xvfb-run",
          "srun",
          "!",
          "if",
          "while",
          "until",
          "then",
          "do",
          "{");

  private static final Map<String, String> RUNNERS =
      Map.of(
          "uv",
          "run",
          "poetry",
          "run",
          "pipenv",
          "run",
          "pdm",
          "run",
          "hatch",
          "run",
          "rye",
          "run",
          "conda",
          "run",
          "accelerate",
          "launch",
          "pixi",
          "run");

  /** Commands that only prepare for the one that follows {@code &&} or {@code ;}. */
  private static final Set<String> PREPARING =
      Set.of(
          "cd", "mkdir", "export", "source", ".", "set", "ulimit", "umask", "[", "[[", "test",
          "unset", ":", "sleep");

  private static final Set<String> OPTIONS_WITH_VALUE =
      Set.of(
          "-W",
          "-X",
          "-n",
          "-u",
          "--user",
          "--nproc_per_node",
          "--nproc-per-node",
          "--nnodes",
          "--num_processes");

  ProgramName {
    arguments = List.copyOf(arguments);
  }

  /** Of a shell command; what cannot be made out is called {@code step}. */
  static ProgramName of(String script) {
    var commands = words(script);
    for (var command : commands) {
      int program = program(command, 0);
      if (program < command.size() && !PREPARING.contains(command.get(program))) {
        return named(command, program);
      }
    }
    var first =
        commands.stream().filter(command -> !command.isEmpty()).findFirst().orElse(List.of("step"));
    return named(first, Math.min(program(first, 0), first.size() - 1));
  }

  private static ProgramName named(List<String> words, int program) {
    var word = words.get(program);
    int named = program;
    if (INTERPRETER.matcher(base(word)).matches()) {
      named = script(words, program, base(word).startsWith("py"));
    }
    var text = words.get(named);
    boolean module = named > program && words.get(named - 1).equals("-m");
    var name =
        module
            ? text.substring(text.lastIndexOf('.') + 1)
            : EXTENSION.matcher(base(text)).replaceFirst("");
    var fallback = Names.from(base(word), "step");
    return new ProgramName(Names.from(name, fallback), words.subList(named + 1, words.size()));
  }

  /** Where the program stands, after assignments and programs that run another. */
  private static int program(List<String> words, int from) {
    int at = from;
    while (at < words.size()) {
      var word = words.get(at);
      boolean runs = at + 1 < words.size() && words.get(at + 1).equals(RUNNERS.get(word));
      if (ASSIGNMENT.matcher(word).matches()) {
        at++;
      } else if (runs) {
        at = options(words, at + 2);
      } else if (WRAPPERS.contains(base(word)) && at + 1 < words.size()) {
        at = options(words, at + 1);
      } else {
        return at;
      }
    }
    return at;
  }

  private static int options(List<String> words, int from) {
    int at = from;
    while (at < words.size()
        && (words.get(at).startsWith("-") || DURATION.matcher(words.get(at)).matches())) {
      at += OPTIONS_WITH_VALUE.contains(words.get(at)) ? 2 : 1;
    }
    return at;
  }

  /**
   * Where an interpreter's script or module stands; at the interpreter itself where it has none.
   */
  private static int script(List<String> words, int interpreter, boolean python) {
    int at = interpreter + 1;
    while (at < words.size() && words.get(at).startsWith("-")) {
      var option = words.get(at);
      if (option.equals("-m") && at + 1 < words.size()) {
        return at + 1;
      }
      if (option.equals("-")
          || option.equals("-c")
          || option.equals("-e")
          || option.equals("-lc")) {
        return interpreter;
      }
      boolean valued = OPTIONS_WITH_VALUE.contains(option) && !(python && option.equals("-u"));
      at += valued ? 2 : 1;
    }
    return at < words.size() ? at : interpreter;
  }

  private static String base(String word) {
    int end = word.length();
    while (end > 1 && word.charAt(end - 1) == '/') {
      end--;
    }
    return word.substring(word.lastIndexOf('/', end - 1) + 1, end);
  }

  /** The simple commands of a script and the words of each, roughly: quotes are taken away. */
  private static List<List<String>> words(String script) {
    var text = script.substring(0, Math.min(script.length(), LONGEST_READ));
    var scanner = new ShellScanner(text, 0, Kind.COMMAND);
    var commands = new ArrayList<List<String>>();
    var words = new ArrayList<String>();
    Optional<Integer> word = Optional.empty();
    while (!scanner.done()) {
      int at = scanner.position();
      char c = text.charAt(at);
      boolean space =
          scanner.grouped()
              && (Character.isWhitespace(c) || ";&|()<>".indexOf(c) >= 0 || scanner.atComment());
      if (space && word.isPresent()) {
        words.add(plain(text.substring(word.get(), at)));
        word = Optional.empty();
      } else if (!space && scanner.grouped() && word.isEmpty()) {
        word = Optional.of(at);
      }
      if (scanner.grouped() && ";&|\n".indexOf(c) >= 0 || words.size() >= MOST_WORDS) {
        commands.add(words);
        words = new ArrayList<>();
      }
      scanner.step();
    }
    if (word.isPresent()) {
      words.add(plain(text.substring(word.get())));
    }
    commands.add(words);
    return commands;
  }

  private static String plain(String word) {
    return word.replaceAll("[\"'`\\\\]", "");
  }
}
