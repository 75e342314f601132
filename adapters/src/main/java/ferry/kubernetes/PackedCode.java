package ferry.kubernetes;

import ferry.backend.Code;
import ferry.backend.CodeKeeper;
import ferry.backend.Plan;
import ferry.error.SystemError;
import ferry.error.UserException;
import ferry.workflow.MemoryText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;

/** The code of runs, packed for the way to a cluster: the same content gives the same bytes. */
public final class PackedCode {
  private static final int MOST_BYTES = 4 * CodeParts.PART_BYTES;
  private static final int MOST_NAMED = 3;

  private final CodeKeeper code;
  private final Map<String, byte[]> packed = new ConcurrentHashMap<>();

  public PackedCode(CodeKeeper code) {
    this.code = code;
  }

  /**
   * The code of a run, kept as a whole however long that takes.
   *
   * @throws ferry.error.UserException where it cannot be kept or is too large to be brought
   */
  public Code whole(Plan plan) {
    var kept =
        plan.code().snapshot().isPresent()
            ? plan.code()
            : code.keepPatiently(Path.of(plan.place().directory()));
    if (kept.snapshot().isEmpty()) {
      throw new SystemError.Unavailable(
              "the code cannot be brought to the cluster: " + kept.note().orElse("it is not kept"),
              List.of("run it where its directory lies on a volume that the steps can mount"))
          .thrown();
    }
    return kept;
  }

  /**
   * Whether it can be brought in objects of the cluster.
   *
   * @throws ferry.error.UserException naming the largest files, where it cannot and must
   */
  boolean isSmall(String snapshot, boolean must) {
    try {
      return bytes(snapshot).length <= MOST_BYTES;
    } catch (UserException tooLarge) {
      if (must) {
        throw tooLarge;
      }
      return false;
    }
  }

  /** Hears of each file as it is packed. */
  interface Progress {
    void packed(String path, long bytes);
  }

  /** Writes a snapshot, packed by tar and gzip. */
  static void write(CodeKeeper code, String snapshot, OutputStream to, Progress progress)
      throws IOException {
    try (var tar = new TarWriter(new GZIPOutputStream(to))) {
      code.visit(
          snapshot,
          (path, kind, content) -> {
            switch (kind) {
              case DIRECTORY -> tar.directory(path);
              case LINK -> tar.link(path, new String(content, StandardCharsets.UTF_8));
              case FILE, EXECUTABLE -> {
                tar.file(path, content, kind == CodeKeeper.Kind.EXECUTABLE);
                progress.packed(path, content.length);
              }
            }
          });
    }
  }

  /** A run's code, which all runs of a home share that have the same. */
  CodeParts ofRuns(Plan run, String home) {
    return parts("ferry-code-" + home, run);
  }

  /** A schedule's code, which nothing shares that could go before it does. */
  CodeParts ofSchedule(Plan schedule) {
    return parts(schedule.id() + "-code", schedule);
  }

  private CodeParts parts(String of, Plan plan) {
    return plan.code()
        .snapshot()
        .map(hash -> CodeParts.of(of, hash, bytes(hash).length))
        .orElse(CodeParts.NONE);
  }

  byte[] bytes(String snapshot) {
    var known = packed.get(snapshot);
    if (known != null) {
      return known;
    }
    var made = pack(snapshot);
    packed.clear(); // one is enough: runs that come together are of the same code
    packed.put(snapshot, made);
    return made;
  }

  private byte[] pack(String snapshot) {
    var bytes = new ByteArrayOutputStream();
    var sizes = new ArrayList<Map.Entry<String, Long>>();
    try {
      write(
          code,
          snapshot,
          bytes,
          (path, size) -> {
            sizes.add(Map.entry(path, size));
            if (bytes.size() > MOST_BYTES) {
              throw tooLarge(sizes);
            }
          });
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
    if (bytes.size() > MOST_BYTES) {
      throw tooLarge(sizes);
    }
    return bytes.toByteArray();
  }

  private static RuntimeException tooLarge(List<Map.Entry<String, Long>> sizes) {
    var largest =
        sizes.stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .limit(MOST_NAMED)
            .map(one -> "`" + one.getKey() + "` (" + MemoryText.about(one.getValue()) + ")")
            .toList();
    return new SystemError.Unavailable(
            "the code is too large to be brought to the cluster: more than "
                + MemoryText.about(MOST_BYTES)
                + " packed; the largest so far are "
                + String.join(", ", largest),
            List.of(
                "name what is no code in a `.ferryignore`",
                "or work in a directory that lies on a volume which the steps can mount"))
        .thrown();
  }
}
