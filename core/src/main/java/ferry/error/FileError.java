package ferry.error;

import java.util.List;
import java.util.Optional;

/** A file that cannot be read as what it is said to be. */
public sealed interface FileError extends UserError {

  /** Larger than a file of its kind may be; both numbers in bytes. */
  record TooLarge(String path, long bytes, long limit) implements FileError {
    @Override
    public String message() {
      return "`%s` has %,d bytes; a workflow file has %,d at most".formatted(path, bytes, limit);
    }

    @Override
    public List<String> help() {
      return List.of("is this the file you meant? data belongs into files of its own");
    }
  }

  /** Nothing in it, or only comments and white space. */
  record Empty(String path) implements FileError {
    @Override
    public String message() {
      return "`" + path + "` is empty";
    }

    @Override
    public List<String> help() {
      return List.of("a first workflow is two lines: `steps:`, then `  hello: echo hello`");
    }
  }

  /** Bytes that are no text. */
  record NotText(String path, String found) implements FileError {
    @Override
    public String message() {
      return "`" + path + "` cannot be read as text: " + found;
    }

    @Override
    public List<String> help() {
      return List.of("save the file as UTF-8");
    }
  }

  /** Text of another kind altogether. */
  record OtherKind(String path, String looksLike, List<String> help) implements FileError {
    public OtherKind {
      help = List.copyOf(help);
    }

    @Override
    public String message() {
      return "`" + path + "` is not a workflow file: it looks like " + looksLike;
    }
  }

  /** A workflow file of a kind that is known and not read. */
  record UnreadKind(String name) implements FileError {
    @Override
    public String message() {
      return "this is " + name + ", which `ferry run` does not read yet";
    }

    @Override
    public List<String> help() {
      return List.of("it reads Ferry's own ferry.yaml and JupyterFlow's workflow.yaml");
    }
  }

  /** Text that breaks the rules of YAML, in plain words. */
  record BadYaml(String message, List<String> help) implements FileError {
    public BadYaml {
      help = List.copyOf(help);
    }
  }

  record Tab() implements FileError {
    @Override
    public String message() {
      return "a tab stands where the line is indented; YAML wants spaces there";
    }

    @Override
    public List<String> help() {
      return List.of("put two spaces for each tab");
    }
  }

  /** A key that is written twice in one mapping, with both lines. */
  record DuplicateKey(String key, int firstLine, int line) implements FileError {
    @Override
    public String message() {
      return "`" + key + "` is there twice: on line " + firstLine + " and on line " + line;
    }

    @Override
    public List<String> help() {
      return List.of("keep one of them");
    }
  }

  /** A key that means nothing where it stands; {@code in} names the place in words. */
  record UnknownKey(String in, String key, Optional<String> nearest, List<String> known)
      implements FileError {
    public UnknownKey {
      known = List.copyOf(known);
    }

    @Override
    public String message() {
      return in + " has no key `" + key + "`";
    }

    @Override
    public List<String> help() {
      return List.of(
          nearest
              .map(near -> "did you mean `" + near + "`?")
              .orElse("keys that are known here: " + String.join(", ", known)));
    }
  }

  /** A key that must be there and is not. */
  record MissingKey(String in, String key, List<String> help) implements FileError {
    public MissingKey {
      help = List.copyOf(help);
    }

    @Override
    public String message() {
      return in + " has no `" + key + "`";
    }
  }

  /** A value of the wrong type; {@code what} names the key in words. */
  record WrongType(String what, String found, String expected, List<String> help)
      implements FileError {
    public WrongType {
      help = List.copyOf(help);
    }

    @Override
    public String message() {
      return what + " is " + found + "; expected " + expected;
    }
  }

  /** A value that breaks a rule of another program's, in that program's words. */
  record Refused(String what, String found, String rule, List<String> help) implements FileError {
    public Refused {
      help = List.copyOf(help);
    }

    @Override
    public String message() {
      return what + " is " + found + ": " + rule;
    }
  }

  /** A key with nothing after it. */
  record NoValue(String what) implements FileError {
    @Override
    public String message() {
      return what + " has no value";
    }

    @Override
    public List<String> help() {
      return List.of("give it one, or take the line away; an empty text is written `\"\"`");
    }
  }
}
