package ferry.server;

import ferry.tracking.Notices;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Notices of which there are none. */
final class NoNotices implements Notices {
  @Override
  public void wanted(Set<String> targets) {}

  @Override
  public List<Notice> due(Instant now, int limit) {
    return List.of();
  }

  @Override
  public void again(Notice notice, Instant due) {}

  @Override
  public void done(Notice notice) {}

  @Override
  public long pending() {
    return 0;
  }
}
