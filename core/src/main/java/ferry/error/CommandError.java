package ferry.error;

import java.util.List;

/** A one-liner that the command language cannot read. */
public sealed interface CommandError extends UserError {

  record EmptyCommand() implements CommandError {
    @Override
    public String message() {
      return "the command is empty";
    }

    @Override
    public List<String> help() {
      return List.of("for example `python prepare.py >> python train.py`");
    }
  }

  /** More characters than a workflow may have. */
  record TooLong(int characters, int limit) implements CommandError {
    @Override
    public String message() {
      return "the command has %,d characters; it may have %,d".formatted(characters, limit);
    }

    @Override
    public List<String> help() {
      return List.of("put the commands into scripts, or the steps into a file");
    }
  }

  /** A text that no process can be given as an argument. */
  record NulCharacter() implements CommandError {
    @Override
    public String message() {
      return "the command holds a NUL character, which no program can be given";
    }
  }

  record ArrowFirst() implements CommandError {
    @Override
    public String message() {
      return "there is no command before this `>>`";
    }
  }

  record ArrowLast() implements CommandError {
    @Override
    public String message() {
      return "there is no command after this `>>`";
    }
  }

  record ArrowTwice() implements CommandError {
    @Override
    public String message() {
      return "there is no command between the `>>` before and this one";
    }

    @Override
    public List<String> help() {
      return List.of("write a command between them, or take one away");
    }
  }

  record EmptyBranch() implements CommandError {
    @Override
    public String message() {
      return "this branch is empty: expected a command";
    }

    @Override
    public List<String> help() {
      return List.of("branches are written `[python a.py, python b.py]`");
    }
  }

  record UnclosedBracket() implements CommandError {
    @Override
    public String message() {
      return "this `[` opens branches and is never closed";
    }

    @Override
    public List<String> help() {
      return List.of("close it with `]`, or quote it if it belongs to a command");
    }
  }

  record UnopenedBracket() implements CommandError {
    @Override
    public String message() {
      return "this `]` closes nothing";
    }

    @Override
    public List<String> help() {
      return List.of("take it away, or quote it if it belongs to the command");
    }
  }

  /** Something of the shell's that was opened and never closed, like a quote or {@code $(}. */
  record Unclosed(String opening, String closing) implements CommandError {
    @Override
    public String message() {
      return "this `" + opening + "` is never closed: expected `" + closing + "`";
    }

    @Override
    public List<String> help() {
      return opening.equals("'") || opening.equals("\"") || opening.equals("`")
          ? List.of("close it, or write `\\" + opening + "` for the character itself")
          : List.of("close it, or quote it if it is text");
    }
  }

  record UnopenedParenthesis() implements CommandError {
    @Override
    public String message() {
      return "this `)` closes nothing";
    }

    @Override
    public List<String> help() {
      return List.of("take it away, or write `\\)` for the character itself");
    }
  }

  record TextAfterBranches(String found) implements CommandError {
    @Override
    public String message() {
      return "expected `>>`, `,`, `]` or the end after branches, found `" + found + "`";
    }

    @Override
    public List<String> help() {
      return List.of(
          "put `>>` before it if it is the next step",
          "if the bracket is the shell's own test, write `test …` in its place");
    }
  }

  /** One of the shell's operators for appending, which the language keeps for itself. */
  record Appends(String operator) implements CommandError {
    @Override
    public String message() {
      return "`" + operator + "` cannot stand here: `>>` leads to the next step";
    }

    @Override
    public List<String> help() {
      return List.of(
          operator.startsWith("2") || operator.startsWith("&")
              ? "to append to a file, write `… 2>&1 | tee -a FILE`"
              : "to append to a file, write `… | tee -a FILE`",
          "or quote the whole command: `bash -c '…'`");
    }
  }

  /** An arrow within a part of a command that cannot be taken apart. */
  record ArrowInside(String opening) implements CommandError {
    @Override
    public String message() {
      return "this `>>` stands inside `" + opening + "`, where no step can end";
    }

    @Override
    public List<String> help() {
      return List.of(
          "end `" + opening + "` before the arrow", "to append to a file, write `… | tee -a FILE`");
    }
  }

  record ArrowInComment() implements CommandError {
    @Override
    public String message() {
      return "`#` starts a comment here, and the `>>` in it would lead nowhere";
    }

    @Override
    public List<String> help() {
      return List.of("quote the `#`, or take the comment away");
    }
  }

  record NameWithoutCommand(String name) implements CommandError {
    @Override
    public String message() {
      return "step `" + name + "` has no command";
    }
  }

  record NamedBranches(String name) implements CommandError {
    @Override
    public String message() {
      return "`" + name + ":` names one command, and branches follow";
    }

    @Override
    public List<String> help() {
      return List.of("name each branch: `[" + name + "-a: …, " + name + "-b: …]`");
    }
  }

  /** Branches that all wait for all of too many others. */
  record TooManyLinks(long limit) implements CommandError {
    @Override
    public String message() {
      return "the steps after this `>>` would wait for more than " + limit + " others in all";
    }

    @Override
    public List<String> help() {
      return List.of("put one step between them: `[…] >> true >> […]`");
    }
  }
}
