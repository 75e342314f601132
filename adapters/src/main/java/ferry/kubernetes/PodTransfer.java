package ferry.kubernetes;

import ferry.backend.CodeKeeper;
import ferry.backend.StepTransfer;
import ferry.error.RequestError;
import ferry.run.AttemptId;
import ferry.run.RunId;
import ferry.tracking.Artifacts;
import ferry.tracking.AttemptPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Code of any size to the Pods that reach the server, and what they put out from them. */
public final class PodTransfer implements StepTransfer {
  private final Path home;
  private final CodeKeeper code;
  private final KeptOutputs outputs;
  private final Function<RunId, Optional<String>> snapshot;

  /**
   * A transfer for the runs of a home.
   *
   * @param snapshot the content hash of a run's code, where it is kept
   */
  public PodTransfer(
      Path home, CodeKeeper code, Artifacts artifacts, Function<RunId, Optional<String>> snapshot) {
    this.home = home;
    this.code = code;
    this.outputs = new KeptOutputs(artifacts);
    this.snapshot = snapshot;
  }

  @Override
  public void code(RunId run, OutputStream to) throws IOException {
    var hash =
        snapshot
            .apply(run)
            .orElseThrow(
                () -> new RequestError.NotFound("code of", run.value(), Optional.empty()).thrown());
    PackedCode.write(code, hash, to, (_, _) -> {});
  }

  @Override
  public void keep(AttemptId attempt, InputStream packed) throws IOException {
    outputs.keep(
        attempt, packed, AttemptPath.of(home, attempt).resolve("outputs-" + UUID.randomUUID()));
  }
}
