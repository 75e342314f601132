package ferry.kubernetes.checkup;

/**
 * Whom a cluster takes us for.
 *
 * @param kind {@code ServiceAccount} or {@code User}
 * @param namespace of a service account; empty for a user
 */
record Subject(String kind, String name, String namespace) {
  private static final String ACCOUNT = "system:serviceaccount:";

  /** From the name that a cluster knows somebody by. */
  static Subject of(String user) {
    if (user.startsWith(ACCOUNT)) {
      var words = user.substring(ACCOUNT.length()).split(":", 2);
      if (words.length == 2) {
        return new Subject("ServiceAccount", words[1], words[0]);
      }
    }
    return new Subject("User", user, "");
  }

  @Override
  public String toString() {
    return kind.equals("User") ? name : ACCOUNT + namespace + ":" + name;
  }
}
