package ferry.kubernetes.rights;

import java.util.List;
import java.util.stream.Stream;

/** The rights that Ferry uses in the one namespace that it works in, and no more. */
public final class Rights {
  private static final List<String> ALL =
      List.of("create", "get", "list", "watch", "patch", "delete");
  private static final List<String> READ = List.of("get", "list", "watch");

  /** To run steps as Jobs. */
  public static final List<Right> KUBERNETES =
      List.of(
          new Right("batch", "jobs", ALL, "steps"),
          new Right("batch", "cronjobs", ALL, "schedules"),
          new Right("", "configmaps", ALL, "bringing code to steps"),
          new Right("", "secrets", List.of("create", "delete"), "what a run alone may know"),
          new Right(
              "",
              "persistentvolumeclaims",
              List.of("create", "get", "delete"),
              "handing files from step to step"),
          new Right("", "pods", List.of("get", "list", "watch", "delete"), "following steps"),
          new Right("", "pods/log", List.of("get"), "logs"),
          new Right("", "events", READ, "saying why a step does not start"),
          new Right("", "resourcequotas", List.of("get", "list"), "saying which quota is full"));

  /** To run workflows on Argo, too. The last is for Argo's own part of each step's Pod. */
  public static final List<Right> ARGO =
      List.of(
          new Right("argoproj.io", "workflows", ALL, "runs"),
          new Right("argoproj.io", "cronworkflows", ALL, "schedules"),
          new Right(
              "argoproj.io",
              "workflowtaskresults",
              List.of("create", "patch"),
              "telling how a step ended"));

  private Rights() {}

  public static List<Right> of(boolean argo) {
    return argo ? Stream.concat(KUBERNETES.stream(), ARGO.stream()).toList() : KUBERNETES;
  }
}
