package ferry.kubernetes.capture;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Decides what becomes of each volume, by its kind and, for claims, by who may mount it. */
final class VolumeFates {
  private static final String TOKEN =
      "each Pod is given a token of its own, and the notebook's would end with the notebook";

  /** Directories of a node that are the same on every node that a Pod like this one can run on. */
  private static final Pattern OF_EVERY_NODE =
      Pattern.compile("/(dev|sys|proc|run|lib/modules|usr/src|etc/(localtime|timezone))(/.*)?");

  private final Function<String, Optional<List<String>>> claimModes;

  VolumeFates(Function<String, Optional<List<String>>> claimModes) {
    this.claimModes = claimModes;
  }

  Fate of(Volume volume, VolumeMount mount) {
    var path = withoutSlash(mount.getMountPath());
    if (path.equals(Inside.TOKEN_DIRECTORY)) {
      return new Fate.Stays(TOKEN);
    }
    if (volume.getName().equals("jupyterhub-internal-certs")) {
      return new Fate.Stays("it holds the keys of the notebook server, by which the hub knows it");
    }
    if (volume.getPersistentVolumeClaim() != null) {
      boolean readOnly = Boolean.TRUE.equals(mount.getReadOnly());
      return ofClaim(volume.getName(), volume.getPersistentVolumeClaim(), readOnly);
    }
    if (volume.getEmptyDir() != null) {
      return new Fate.Fresh(!"Memory".equals(volume.getEmptyDir().getMedium()));
    }
    if (volume.getEphemeral() != null || volume.getGitRepo() != null) {
      return new Fate.Fresh(true);
    }
    if (volume.getHostPath() != null) {
      var host = volume.getHostPath().getPath();
      return OF_EVERY_NODE.matcher(host).matches()
          ? new Fate.Travels()
          : new Fate.Pins(named(volume) + " is the directory " + host + " of the node itself");
    }
    return isDisk(volume)
        ? new Fate.Pins(named(volume) + " is a disk that one node at a time can have")
        : new Fate.Travels();
  }

  private Fate ofClaim(
      String volume, PersistentVolumeClaimVolumeSource source, boolean mountedReadOnly) {
    var claim = source.getClaimName();
    var named = "the volume `" + volume + "` (claim `" + claim + "`)";
    var modes = claimModes.apply(claim);
    if (modes.isEmpty()) {
      return new Fate.Pins(named + " may be one that one node at a time can mount");
    }
    boolean readOnly = mountedReadOnly || Boolean.TRUE.equals(source.getReadOnly());
    if (modes.get().contains("ReadWriteMany") || readOnly && modes.get().contains("ReadOnlyMany")) {
      return new Fate.Travels();
    }
    if (modes.get().equals(List.of("ReadWriteOncePod"))) {
      return new Fate.Stays(
          "only one Pod can mount it (ReadWriteOncePod), and the notebook has it");
    }
    return new Fate.Pins(named + " can be mounted on one node at a time");
  }

  /** Disks that an old kind of volume names directly. */
  private static boolean isDisk(Volume volume) {
    boolean isReadOnlyGoogleDisk =
        volume.getGcePersistentDisk() != null
            && Boolean.TRUE.equals(volume.getGcePersistentDisk().getReadOnly());
    return !isReadOnlyGoogleDisk
        && java.util.stream.Stream.of(
                volume.getAwsElasticBlockStore(),
                volume.getGcePersistentDisk(),
                volume.getAzureDisk(),
                volume.getIscsi(),
                volume.getFc(),
                volume.getRbd(),
                volume.getCinder(),
                volume.getVsphereVolume(),
                volume.getPortworxVolume(),
                volume.getScaleIO(),
                volume.getStorageos())
            .anyMatch(Objects::nonNull);
  }

  private static String named(Volume volume) {
    return "the volume `" + volume.getName() + "`";
  }

  static String withoutSlash(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
