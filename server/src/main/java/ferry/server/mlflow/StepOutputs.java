package ferry.server.mlflow;

import ferry.tracking.ArtifactFiles;
import ferry.tracking.Artifacts;
import ferry.tracking.TrackedId;
import ferry.tracking.TrackedRun;
import ferry.tracking.TrackedRuns;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Files of tracked runs with what step runs put out among them: what `outputs` named is seen below
 * {@code outputs/} of its step run, for reading only.
 */
public final class StepOutputs implements ArtifactFiles {
  private static final String FOLDER = "outputs";

  private final ArtifactFiles uploads;
  private final Artifacts outputs;
  private final TrackedRuns runs;

  public StepOutputs(ArtifactFiles uploads, Artifacts outputs, TrackedRuns runs) {
    this.uploads = uploads;
    this.outputs = outputs;
    this.runs = runs;
  }

  /** A place below the files of a tracked run: {@code <group>/<run>/artifacts/<path>}. */
  private record Place(TrackedRun run, String path) {}

  @Override
  public List<Entry> list(String path) {
    var entries = new TreeMap<String, Entry>();
    place(path).ifPresent(place -> entries.putAll(kept(place)));
    uploads.list(path).forEach(entry -> entries.put(entry.name(), entry));
    return new ArrayList<>(entries.values());
  }

  private TreeMap<String, Entry> kept(Place place) {
    var entries = new TreeMap<String, Entry>();
    var prefix = place.path.isEmpty() ? "" : place.path + "/";
    for (var kept : outputs.list(place.run.run().orElseThrow(), place.run.name())) {
      var path = FOLDER + "/" + kept.path();
      if (path.startsWith(prefix)) {
        var rest = path.substring(prefix.length());
        int slash = rest.indexOf('/');
        var name = slash < 0 ? rest : rest.substring(0, slash);
        entries.putIfAbsent(name, new Entry(name, slash >= 0, slash < 0 ? kept.bytes() : 0));
      }
    }
    return entries;
  }

  @Override
  public Optional<Path> locate(String path) {
    var uploaded = uploads.locate(path);
    return uploaded.isPresent() ? uploaded : place(path).flatMap(this::output);
  }

  private Optional<Path> output(Place place) {
    var run = place.run.run().orElseThrow();
    return outputs.list(run, place.run.name()).stream()
        .filter(kept -> place.path.equals(FOLDER + "/" + kept.path()))
        .findFirst()
        .map(kept -> outputs.locate(run, place.run.name(), kept.path()))
        .filter(file -> file.toFile().isFile());
  }

  private Optional<Place> place(String path) {
    var parts = path.split("/", 4);
    if (parts.length < 3 || !parts[2].equals("artifacts") || !TrackedId.isGood(parts[1])) {
      return Optional.empty();
    }
    return runs.find(new TrackedId(parts[1]))
        .filter(StepOutputs::isStepRun)
        .map(run -> new Place(run, parts.length < 4 ? "" : parts[3]));
  }

  private static boolean isStepRun(TrackedRun run) {
    return run.run().filter(of -> TrackedId.of(of, run.name()).equals(run.id())).isPresent();
  }

  @Override
  public void keep(String path, InputStream content) {
    uploads.keep(path, content);
  }

  @Override
  public boolean delete(String path) {
    return uploads.delete(path);
  }

  @Override
  public String begin(String path) {
    return uploads.begin(path);
  }

  @Override
  public String part(String upload, int number, InputStream content) {
    return uploads.part(upload, number, content);
  }

  @Override
  public void complete(String path, String upload, List<Part> parts) {
    uploads.complete(path, upload, parts);
  }

  @Override
  public void abort(String upload) {
    uploads.abort(upload);
  }
}
