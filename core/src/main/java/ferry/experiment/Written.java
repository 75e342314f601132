package ferry.experiment;

/** That something was written which a link in a run's own copy of the code leads to, in words. */
public final class Written {

  /** Whose copies have such links. */
  public enum By {
    TRIAL("trial", "trials"),
    SCHEDULE("run", "scheduled runs");

    private final String one;
    private final String all;

    By(String one, String all) {
      this.one = one;
      this.all = all;
    }

    public String one() {
      return one;
    }
  }

  private Written() {}

  /**
   * A sentence without a full stop.
   *
   * @param path of the link, relative to the copy
   * @param meanwhile what happened at that time, as in {@code trial 3 ran}
   */
  public static String words(String path, String meanwhile, By by) {
    return "`"
        + path
        + "` was written to while "
        + meanwhile
        + ": "
        + by.all
        + " have a link there in place of a copy, so you and all of them find what one writes";
  }
}
