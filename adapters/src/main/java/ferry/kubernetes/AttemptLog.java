package ferry.kubernetes;

import ferry.backend.Plan;
import ferry.engine.AttemptSpec;
import ferry.error.UserException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of one attempt in our own files, over all Pods that its Job may have one after another.
 */
public final class AttemptLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptLog.class);

  private final Path directory;
  private final UnaryOperator<byte[]> mask;
  private final LastWord lastWord;
  private @Nullable TimedLog copy;
  private @Nullable PodLog followed;

  /**
   * A log that begins when a Pod is followed.
   *
   * @param directory the attempt's own
   * @param mask hides secret values in a line
   * @param lastWord hears what the step says of its end
   */
  public AttemptLog(Path directory, UnaryOperator<byte[]> mask, LastWord lastWord) {
    this.directory = directory;
    this.mask = mask;
    this.lastWord = lastWord;
  }

  /** Where it is written. */
  public Path file() {
    return directory.resolve("log");
  }

  /** Copies what a Pod's step writes, unless one is followed already. */
  public void follow(KubernetesClient client, Pod pod) {
    if (followed == null) {
      of(client, pod).ifPresent(PodLog::follow);
    }
  }

  private Optional<PodLog> of(KubernetesClient client, Pod pod) {
    try {
      if (copy == null) {
        copy = new TimedLog(directory, mask, lastWord);
      }
      if (!copy.readPod(pod.getMetadata().getUid())) {
        return Optional.empty();
      }
      followed = new PodLog(client, pod, copy);
      return Optional.of(followed);
    } catch (IOException trouble) {
      LOG.error("{} cannot be written", file(), trouble);
      return Optional.empty();
    }
  }

  /** Whether the log of a Pod is copied. */
  public boolean isFollowed() {
    return followed != null;
  }

  /**
   * Reads to the end what the step of an ended Pod wrote.
   *
   * @return why its end may be missing; empty where everything was read
   */
  public Optional<String> finish(KubernetesClient client, Pod pod) throws InterruptedException {
    var log = followed == null ? of(client, pod) : Optional.of(followed);
    return log.isEmpty() ? Optional.empty() : log.get().finish();
  }

  /** Keeps as artifacts what the step put out; where that fails, the log says so. */
  public void keepOutputs(Plan plan, AttemptSpec spec, KeptOutputs outputs) {
    if (spec.files().outputs().isEmpty()) {
      return;
    }
    var setting = PodSetting.read(plan.setting().getOrDefault(RunSettings.POD, ""));
    var why =
        setting.inPlace()
            ? outputs.keepInPlace(
                spec.id(), Path.of(setting.directory().orElseThrow()), spec.files().outputs())
            : keepCarried(spec, outputs);
    why.ifPresent(reason -> say("outputs are not kept: " + reason));
  }

  private Optional<String> keepCarried(AttemptSpec spec, KeptOutputs outputs) {
    var carried = new CarriedOutputs(directory);
    try {
      var packed = carried.open();
      if (packed.isPresent()) {
        outputs.keep(spec.id(), packed.get(), directory.resolve("outputs"));
        carried.delete();
      }
      return Optional.empty();
    } catch (IOException | UserException trouble) {
      return Optional.of("what came of them cannot be read: " + trouble.getMessage());
    }
  }

  /** The Pod is gone; another may come. */
  public void letGo(String words) throws InterruptedException {
    if (followed != null) {
      followed.letEnd();
      followed = null;
      say(words);
      beginAnother();
    }
  }

  private void beginAnother() {
    try {
      if (copy != null) {
        copy.beginAnother();
      }
    } catch (IOException trouble) {
      LOG.error("{} cannot be written", file(), trouble);
    }
  }

  /** Puts in a line of our own. */
  public void say(String words) {
    try {
      if (copy != null) {
        copy.say(words);
      }
    } catch (IOException trouble) {
      LOG.error("{} cannot be written", file(), trouble);
    }
  }

  @Override
  public void close() {
    if (followed != null) {
      followed.stop();
    }
    try {
      if (copy != null) {
        copy.close();
      }
    } catch (IOException trouble) {
      LOG.warn("{} could not be closed", file(), trouble);
    }
  }
}
