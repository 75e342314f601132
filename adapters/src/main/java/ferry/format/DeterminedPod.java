package ferry.format;

import ferry.backend.PodKeys;
import ferry.search.space.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What Determined's configuration says of a trial's Pod, where trials run in Pods: its part of
 * every step's Pod, as {@code PodOverlay} reads it. Where they are processes of this machine each
 * key of it is told instead.
 */
final class DeterminedPod {
  /** How warnings end that are no news where trials run in Pods. */
  static final String LOCALLY = " where trials are local processes";

  private static final Pattern SIZE =
      Pattern.compile("(?i)([0-9]*[.]?[0-9]+) ?(?:([kmgtp])i?b?|b)?");
  private static final List<String> UNITS = List.of("k", "m", "g", "t", "p");
  private static final String CONTAINER = "determined-container";
  private static final String MEMORY = "shared-memory";

  private final Map<String, Object> pod = new LinkedHashMap<>();
  private final Map<String, Object> container = new LinkedHashMap<>();
  private final List<Object> volumes = new ArrayList<>();
  private final List<Object> mounts = new ArrayList<>();
  private final Map<String, String> more = new LinkedHashMap<>();

  /** What of it the plan of a trial holds; nothing where nothing is said. */
  Map<String, String> setting(String file) {
    var setting = new LinkedHashMap<>(more);
    if (!volumes.isEmpty()) {
      pod.put("volumes", volumes);
    }
    if (!mounts.isEmpty()) {
      container.put("volumeMounts", mounts);
    }
    if (!pod.isEmpty() || !container.isEmpty()) {
      var all = new LinkedHashMap<>(pod);
      all.put("containers", List.of(container));
      setting.put(PodKeys.OVERLAY, Json.write(all));
      setting.put(PodKeys.OVERLAY_FILE, file);
    }
    return setting;
  }

  /** Each slot is a GPU. */
  void slots(long slots) {
    more.put(PodKeys.SLOTS, Long.toString(slots));
  }

  /** The size of {@code /dev/shm}. */
  void sharedMemory(Foreign resources) {
    var size = resources.text("shm_size");
    if (size.isEmpty()) {
      return;
    }
    var found = SIZE.matcher(size.get());
    if (!found.matches()) {
      throw resources.bad("shm_size", "`" + size.get() + "`", "an amount of memory like `4GiB`");
    }
    var unit = found.group(2) == null ? "" : found.group(2).toLowerCase(Locale.ROOT);
    double bytes = Double.parseDouble(found.group(1)) * Math.pow(1024, UNITS.indexOf(unit) + 1.0);
    var room = new LinkedHashMap<String, Object>();
    room.put("medium", "Memory");
    room.put("sizeLimit", Long.toString((long) bytes));
    volumes.add(named(MEMORY, "emptyDir", room));
    mounts.add(named(MEMORY, "mountPath", "/dev/shm"));
    resources.warn("shm_size", "is not set" + LOCALLY);
  }

  /** Of its environment what belongs to a container. */
  void environment(Foreign environment) {
    if (environment.truth("force_pull_image", false)) {
      container.put("imagePullPolicy", "Always");
      environment.warn("force_pull_image", "means nothing" + LOCALLY);
    }
    var capabilities = new LinkedHashMap<String, Object>();
    for (var way : List.of("add", "drop")) {
      var names = environment.texts(way + "_capabilities");
      if (!names.isEmpty()) {
        capabilities.put(way, names);
        environment.warn(way + "_capabilities", "means nothing" + LOCALLY);
      }
    }
    if (!capabilities.isEmpty()) {
      container.put("securityContext", Map.of("capabilities", capabilities));
    }
    environment.inner("pod_spec").ifPresent(this::written);
  }

  /** A Pod as somebody wrote it: what a step's Pod can have of it. */
  private void written(Foreign written) {
    written
        .inner("metadata")
        .ifPresent(metadata -> {
          for (var key : List.of("name", "namespace")) {
            if (metadata.node(key).isPresent()) {
              throw metadata.bad(
                  key, "given", "no `" + key + "` of a Pod, which each trial's has of its own");
            }
          }
          metadata.ignoreRest();
        });
    written.inner("spec").ifPresent(this::spec);
    written.ignoreRest();
    written.warnOf("apiVersion", "kind");
  }

  private void spec(Foreign spec) {
    for (var key : List.of("nodeSelector", "serviceAccountName", "priorityClassName")) {
      spec.node(key).ifPresent(node -> put(pod, key, node));
    }
    for (var key : List.of("imagePullSecrets", "tolerations")) {
      if (!spec.list(key).isEmpty()) {
        spec.node(key).ifPresent(node -> put(pod, key, node));
      }
    }
    spec.list("volumes").forEach(one -> add(volumes, one));
    for (var one : spec.inners("containers")) {
      boolean isTrials = one.text("name").filter(CONTAINER::equals).isPresent();
      if (isTrials) {
        container(one);
      } else {
        one.warn("name", "is no container of a step; `" + CONTAINER + "` is the trial's");
      }
    }
    spec.ignoreRest();
  }

  private void container(Foreign written) {
    written.list("volumeMounts").forEach(one -> add(mounts, one));
    for (var key : List.of("resources", "env")) {
      written.node(key).ifPresent(node -> put(container, key, node));
    }
    written.ignoreRest();
  }

  private static void put(Map<String, Object> to, String key, Node node) {
    var tree = ForeignValue.tree(node);
    if (tree != null) {
      to.put(key, tree);
    }
  }

  private static void add(List<Object> to, Node node) {
    var tree = ForeignValue.tree(node);
    if (tree != null) {
      to.add(tree);
    }
  }

  private static Map<String, Object> named(String name, String key, Object value) {
    var all = new LinkedHashMap<String, Object>();
    all.put("name", name);
    all.put(key, value);
    return all;
  }
}
