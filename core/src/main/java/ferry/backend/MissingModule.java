package ferry.backend;

import java.util.Map;

/** Words for a Python module that a step needs and does not find. */
public final class MissingModule {
  /** Packages whose modules have other names; of all else the first part is taken for both. */
  private static final Map<String, String> PACKAGES =
      Map.of(
          "ferry", "ferryml",
          "sklearn", "scikit-learn",
          "cv2", "opencv-python-headless",
          "PIL", "pillow",
          "yaml", "pyyaml",
          "skimage", "scikit-image",
          "dotenv", "python-dotenv",
          "dateutil", "python-dateutil");

  private MissingModule() {}

  /**
   * What is missing, and how a run can bring it.
   *
   * @param module as Python names it
   */
  public static String words(String module) {
    int dot = module.indexOf('.');
    var named = PACKAGES.get(dot < 0 ? module : module.substring(0, dot));
    return "Python has no module `%s`: name %s in the file of `requirements`"
        .formatted(module, named == null ? "its package" : "`" + named + "`");
  }
}
