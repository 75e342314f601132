package ferry.kubernetes.capture;

import ferry.kubernetes.capture.HandInstalled.Distribution;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Gives a step the packages that were put into the notebook by hand, or says that it lacks them.
 */
final class CapturedPackages {
  private static final String PYTHONPATH = "PYTHONPATH";
  private static final String WAY_OUT =
      "name them under `requirements:`, or use a virtual environment on a volume";

  private CapturedPackages() {}

  /**
   * @param copies where copies of packages are kept; used if steps see what is there
   */
  static Captured with(Captured captured, HandInstalled found, Path copies) {
    var notes = new ArrayList<>(captured.notes());
    found
        .virtualEnvironment()
        .ifPresent(environment ->
            notes.add(
                "the environment "
                    + environment
                    + " was made in this container and not on a volume, so steps do not have it;"
                    + " make it on a volume, or name its packages under `requirements:`"));
    if (!found.others().isEmpty()) {
      notes.add(missing(found.others()));
    }
    var template = captured.template();
    if (!found.python().isEmpty()) {
      var names = found.python().stream().map(Distribution::toString).toList();
      if (captured.shares(copies.toString())) {
        try {
          template = onPath(template, PackageCopy.of(found.python(), copies));
          notes.add("these packages were installed by hand and travel along: " + list(names));
        } catch (IOException e) {
          notes.add(missing(names) + " (they could not be copied: " + e.getMessage() + ")");
        }
      } else {
        notes.add(missing(names));
      }
    }
    return new Captured(template, captured.left(), notes, captured.shared());
  }

  private static String missing(Collection<String> names) {
    return "these packages were installed by hand into this container, and steps do not have them: "
        + list(names)
        + "; "
        + WAY_OUT;
  }

  private static String list(Collection<String> names) {
    int most = 8;
    return names.size() <= most
        ? String.join(", ", names)
        : names.stream().limit(most).collect(Collectors.joining(", "))
            + " and "
            + (names.size() - most)
            + " more";
  }

  /** Behind what is there: packages of the user's own path come first in the notebook, too. */
  private static PodTemplateSpec onPath(PodTemplateSpec template, Path directory) {
    var here = CapturedEnvironment.literal(PYTHONPATH, directory.toString()).getValue();
    var all = new ArrayList<>(template.getSpec().getContainers().getFirst().getEnv());
    var before =
        all.stream()
            .filter(each -> each.getName().equals(PYTHONPATH))
            .map(EnvVar::getValue)
            .filter(value -> value != null && !value.isEmpty())
            .findFirst();
    all.removeIf(each -> each.getName().equals(PYTHONPATH));
    var path = before.map(value -> value + ":" + here).orElse(here);
    all.addFirst(new EnvVar(PYTHONPATH, path, null));
    return new PodTemplateSpecBuilder(template)
        .editSpec()
        .editContainer(0)
        .withEnv(all)
        .endContainer()
        .endSpec()
        .build();
  }
}
