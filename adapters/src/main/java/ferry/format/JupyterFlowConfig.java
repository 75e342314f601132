package ferry.format;

import ferry.backend.Origin;
import ferry.backend.Place;
import ferry.backend.PodKeys;
import ferry.error.DiskTrouble;
import ferry.error.FileError;
import ferry.error.SystemError;
import ferry.search.space.Json;
import ferry.submission.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * JupyterFlow's own configuration, {@code ~/.jupyterflow.yaml} or the file that {@code
 * JUPYTERFLOW_CONFIG_FILE} names: what all steps of its workflows and of one-liners have on a
 * cluster. On this machine it says nothing, and is not read.
 */
public final class JupyterFlowConfig implements Surroundings {
  private static final String VARIABLE = "JUPYTERFLOW_CONFIG_FILE";
  private static final String LOCAL = "local";
  private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");

  private final Supplier<String> usual;

  /**
   * The configurations of whoever asks.
   *
   * @param usual where runs execute whose request does not say
   */
  public JupyterFlowConfig(Supplier<String> usual) {
    this.usual = usual;
  }

  /** Why it cannot be run. */
  static FileError noWorkflow(String name) {
    return new FileError.OtherKind(
        name,
        ForeignKinds.JUPYTERFLOW,
        List.of(
            "on a cluster one-liners and JupyterFlow's workflow.yaml take it by themselves, where"
                + " it is ~/.jupyterflow.yaml or $JUPYTERFLOW_CONFIG_FILE names it",
            "the commands stand in a file of their own: `ferry run -f workflow.yaml`"));
  }

  @Override
  public Found of(Place place, Origin.Kind kind, String format, Optional<String> backend) {
    boolean its = kind == Origin.Kind.ONE_LINER || format.equals(JupyterFlowFile.FORMAT);
    var named = place.variable(VARIABLE).filter(name -> !name.isBlank());
    var file = named.map(name -> here(place).resolve(name)).or(() -> usualFile(place));
    if (!its || file.isEmpty() || backend.orElseGet(usual).equals(LOCAL)) {
      return new Found(Map.of(), List.of());
    }
    if (!Files.isRegularFile(file.get())) {
      var warning = "there is no file `" + file.get() + "`, which `" + VARIABLE + "` names";
      return new Found(Map.of(), named.isPresent() ? List.of(warning) : List.of());
    }
    return read(file.get().toString(), text(file.get()));
  }

  /** Where the command was typed, which need not be where its file lies. */
  private static Path here(Place place) {
    return Path.of(
        place.variable("PWD").filter(path -> path.startsWith("/")).orElse(place.directory()));
  }

  private static Optional<Path> usualFile(Place place) {
    return place
        .variable("HOME")
        .filter(home -> home.startsWith("/"))
        .map(home -> Path.of(home, ".jupyterflow.yaml"));
  }

  private static String text(Path file) {
    try {
      WorkflowFiles.checkSize(file.toString(), Files.size(file));
      return WorkflowFiles.decode(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new SystemError.Unavailable(
              "JupyterFlow's configuration `%s` cannot be read: %s"
                  .formatted(file, DiskTrouble.reason(e)),
              List.of("name another with `" + VARIABLE + "`"))
          .thrown();
    }
  }

  static Found read(String name, String text) {
    if (text.isBlank()) {
      return new Found(Map.of(), List.of());
    }
    var source = new Source(name, "", text);
    FirstLook.check(source);
    var warnings = new ArrayList<String>();
    var setting = new LinkedHashMap<String, String>();
    var root = YamlTree.read(source);
    if (root.isPresent()) {
      var all = new Foreign(source, mapping(source, root.get()), "", warnings);
      all.inner("spec")
          .map(JupyterFlowConfig::pod)
          .ifPresent(pod -> {
            setting.put(PodKeys.OVERLAY, Json.write(pod));
            setting.put(PodKeys.OVERLAY_FILE, name);
          });
      all.ignoreRest();
    }
    return new Found(setting, warnings);
  }

  private static Node.Mapping mapping(Source source, Node root) {
    if (root instanceof Node.Mapping mapping) {
      return mapping;
    }
    var help = List.of("for example two lines: `spec:`, then `  image: python:3.12`");
    var error =
        new FileError.WrongType("the file", root.described(), "a mapping with `spec`", help);
    throw source.error(error, root.span());
  }

  /** The Pod of which only that is said, in Kubernetes' own words. */
  private static Map<String, Object> pod(Foreign spec) {
    var container = new LinkedHashMap<String, Object>();
    spec.text("image").ifPresent(image -> container.put("image", image));
    spec.word("imagePullPolicy", PULL_POLICIES)
        .ifPresent(policy -> container.put("imagePullPolicy", policy));
    container.put("env", named(spec, "env"));
    spec.inner("resources").ifPresent(found -> container.put("resources", tree(found)));
    var mounts = spec.inners("volumeMounts");
    mounts.forEach(mount -> mount.neededText("mountPath"));
    container.put("volumeMounts", named(spec, "volumeMounts"));
    var who = new LinkedHashMap<String, Object>();
    spec.number("runAsUser", 0).ifPresent(id -> who.put("runAsUser", id));
    spec.number("runAsGroup", 0).ifPresent(id -> who.put("runAsGroup", id));
    if (!who.isEmpty()) {
      container.put("securityContext", who);
    }
    var pod = new LinkedHashMap<String, Object>();
    pod.put("containers", List.of(container));
    pod.put("imagePullSecrets", named(spec, "imagePullSecrets"));
    spec.inner("nodeSelector").ifPresent(found -> pod.put("nodeSelector", tree(found)));
    spec.text("serviceAccountName").ifPresent(account -> pod.put("serviceAccountName", account));
    pod.put("volumes", named(spec, "volumes"));
    spec.ignoreRest();
    return pod;
  }

  /** A list of things that all have a name. */
  private static List<Object> named(Foreign spec, String key) {
    var all = new ArrayList<Object>();
    for (var one : spec.inners(key)) {
      one.neededText("name");
      all.add(tree(one));
    }
    return all;
  }

  private static Object tree(Foreign found) {
    return Objects.requireNonNull(ForeignValue.tree(found.mapping()));
  }
}
