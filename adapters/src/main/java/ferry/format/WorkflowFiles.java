package ferry.format;

import ferry.error.FileError;
import ferry.schedule.FiringTimes;
import ferry.workflow.Names;
import ferry.workflow.WorkflowReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads workflow files of every format that is known, told by their content. */
public final class WorkflowFiles implements WorkflowReader {
  private final Schedules schedules;

  /**
   * A reader.
   *
   * @param times checks the cron lines
   * @param zone the time zone of schedules that name none
   */
  public WorkflowFiles(FiringTimes times, ZoneId zone) {
    this.schedules = new Schedules(times, zone);
  }

  /**
   * Refuses a file by its size alone, so that a large one need not be read.
   *
   * @throws ferry.error.UserException with {@link FileError.TooLarge}
   */
  public static void checkSize(String source, long bytes) {
    if (bytes > LARGEST) {
      throw new FileError.TooLarge(source, bytes, LARGEST).thrown();
    }
  }

  /**
   * The text of a file's bytes, which must be UTF-8.
   *
   * @throws ferry.error.UserException for a file that is too large, or no text
   */
  public static String decode(String source, byte[] bytes) {
    checkSize(source, bytes.length);
    var buffer = ByteBuffer.wrap(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
    } catch (CharacterCodingException _) {
      throw notText(source, bytes, buffer.position()).thrown();
    }
  }

  private static FileError notText(String source, byte[] bytes, int at) {
    int first = bytes[0] & 0xff;
    if (first == 0xff && bytes.length > 1 || first == 0xfe) {
      return new FileError.NotText(source, "it is in UTF-16");
    }
    for (byte b : bytes) {
      if (b == 0) {
        return new FileError.OtherKind(source, "a binary file", List.of());
      }
    }
    long line = 1;
    for (int i = 0; i < at; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    var found = "byte 0x%02x on line %d is not UTF-8".formatted(bytes[at], line);
    return new FileError.NotText(source, found);
  }

  @Override
  public Reading read(String name, String directory, String text, Map<String, String> params) {
    checkSize(name, text.length());
    var source = new Source(name, directory, text);
    FirstLook.check(source);
    var root = root(source);
    if (root.has("jobs") && !root.has("steps")) {
      var read = JupyterFlowFile.read(source, root, schedules, params);
      return new Reading(read.workflow(), JupyterFlowFile.FORMAT, read.warnings());
    }
    if (JobFile.isOne(root)) {
      return JobFile.read(source, root);
    }
    if (!mayBeFerry(root)) {
      refuse(source, root);
    }
    var workflow = FerryFile.read(source, root, schedules, params);
    return new Reading(workflow, FerryFile.FORMAT, List.of());
  }

  static Node.Mapping root(Source source) {
    Optional<Node> root;
    try {
      root = YamlTree.read(source);
    } catch (ferry.error.UserException e) {
      throw FirstLook.otherKind(source).orElse(e);
    }
    return switch (root.orElseThrow(() -> new FileError.Empty(source.name()).thrown())) {
      case Node.Mapping mapping -> mapping;
      case Node.Scalar scalar when scalar.isNothing() ->
          throw new FileError.Empty(source.name()).thrown();
      case Node other ->
          throw FirstLook.otherKind(source).orElseGet(() -> noMapping(source, other));
    };
  }

  private static ferry.error.UserException noMapping(Source source, Node node) {
    var help = List.of("a first workflow is two lines: `steps:`, then `  hello: echo hello`");
    var error =
        new FileError.WrongType("the file", node.described(), "a mapping with `steps`", help);
    return source.error(error, node.span());
  }

  /** Whether any key is one of Ferry's, or nearly so. */
  private static boolean mayBeFerry(Node.Mapping root) {
    if (root.has("steps")) {
      return true;
    }
    boolean foreign = ForeignKinds.of(root).isPresent();
    return !foreign
        && root.entries().stream()
            .anyMatch(
                entry -> Names.nearest(entry.key().text(), FerryKeys.WORKFLOW.names()).isPresent());
  }

  private static void refuse(Source source, Node.Mapping root) {
    var span = root.entries().isEmpty() ? root.span() : root.entries().getFirst().key().span();
    var kind = ForeignKinds.of(root);
    if (kind.filter(ForeignKinds.JUPYTERFLOW::equals).isPresent()) {
      throw source.error(JupyterFlowConfig.noWorkflow(source.name()), span);
    }
    if (kind.isPresent()) {
      throw source.error(new FileError.UnreadKind(kind.get()), span);
    }
    throw FirstLook.otherKind(source)
        .orElseGet(() ->
            source.error(
                new FileError.MissingKey(
                    "the file",
                    "steps",
                    List.of(
                        "Ferry's own files have `steps`, JupyterFlow's have `jobs`;"
                            + " none of its keys is known here")),
                span));
  }

  /** The name of a workflow whose file gives none: the file's directory, else the file itself. */
  static String nameFor(Source source) {
    var path = source.directory() + "/" + source.name().replaceAll(".*/", "");
    var parts = (source.directory().isEmpty() ? source.name() : path).split("/");
    var directory = parts.length > 1 ? parts[parts.length - 2] : "";
    var file = parts.length == 0 ? "" : parts[parts.length - 1].replaceAll("\\.[^.]*$", "");
    var plain = List.of("ferry", "workflow", "-", "").contains(file) ? "workflow" : file;
    return Names.from(directory.matches("\\.*") ? plain : directory, "workflow");
  }
}
