package ferry.kubernetes.capture;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeDevice;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;

/** The volumes and mounts of a step: those of the notebook's container that a step can have. */
final class CapturedVolumes {
  private final Map<String, Volume> all = new LinkedHashMap<>();
  private final Map<String, Volume> kept = new LinkedHashMap<>();
  private final List<VolumeMount> mounts = new ArrayList<>();
  private final List<String> shared = new ArrayList<>();
  private final CapturedEnvironment environment;
  private final Ledger ledger;

  CapturedVolumes(
      Container own,
      Pod pod,
      Function<String, Optional<List<String>>> claimModes,
      CapturedEnvironment environment,
      Ledger ledger) {
    this.environment = environment;
    this.ledger = ledger;
    pod.getSpec().getVolumes().forEach(volume -> all.put(volume.getName(), volume));
    var fates = new VolumeFates(claimModes);
    for (var mount : own.getVolumeMounts()) {
      var volume = all.get(mount.getName());
      if (volume != null) {
        take(volume, mount, fates.of(volume, mount));
      }
    }
    leaveTheRest(own);
  }

  List<Volume> volumes() {
    return List.copyOf(kept.values());
  }

  List<VolumeMount> mounts() {
    return List.copyOf(mounts);
  }

  List<String> shared() {
    return List.copyOf(shared);
  }

  private void take(Volume volume, VolumeMount mount, Fate fate) {
    var path = VolumeFates.withoutSlash(mount.getMountPath());
    switch (fate) {
      case Fate.Stays(var why) -> {
        ledger.leave("the volume `" + volume.getName() + "` at " + path, why);
        return;
      }
      case Fate.Fresh(boolean worthTelling) -> {
        if (worthTelling) {
          ledger.leave(
              "what is in " + path, "it is scratch space of this Pod; a step's begins empty");
        }
      }
      case Fate.Pins(var why) -> {
        ledger.pins.add(why);
        shared.add(path);
      }
      case Fate.Travels() -> {
        if (volume.getDownwardAPI() == null) {
          shared.add(path);
        }
      }
    }
    kept.put(volume.getName(), volume);
    mounts.add(resolved(mount));
  }

  /**
   * A mount whose path below the volume is made of variables: those are the notebook's, and the
   * step has to find the same directory.
   */
  private VolumeMount resolved(VolumeMount mount) {
    var expression = mount.getSubPathExpr();
    if (expression == null || expression.isEmpty()) {
      return mount;
    }
    boolean allKnown =
        CapturedEnvironment.references(expression)
            .allMatch(name -> environment.known(name).isPresent());
    if (!allKnown) {
      return mount;
    }
    var path = expression;
    for (var name : new TreeSet<>(CapturedEnvironment.references(expression).toList())) {
      path =
          path.replaceAll(
              "\\$\\(" + java.util.regex.Pattern.quote(name) + "\\)",
              Matcher.quoteReplacement(environment.known(name).orElseThrow()));
    }
    return new VolumeMountBuilder(mount).withSubPathExpr(null).withSubPath(path).build();
  }

  private void leaveTheRest(Container own) {
    var devices = own.getVolumeDevices().stream().map(VolumeDevice::getName).toList();
    ledger.leave(
        "the block device", "the block devices", devices, "two Pods would write over each other");
    var others = new LinkedHashSet<>(all.keySet());
    own.getVolumeMounts().forEach(mount -> others.remove(mount.getName()));
    devices.forEach(others::remove);
    ledger.leave(
        "the volume", "the volumes", others, "only other containers of the notebook use that");
  }
}
