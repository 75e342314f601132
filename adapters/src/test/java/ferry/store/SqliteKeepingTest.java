package ferry.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Beside what is kept, the indexes that lists of runs walk. */
class SqliteKeepingTest extends KeepingContract {
  @Override
  StoreHome open(Path directory) {
    return new SqliteHome(directory);
  }

  @Test
  void everyListOfRunsWalksAnIndexAndSortsNothing() {
    var order = " ORDER BY submitted DESC, id DESC LIMIT 50";

    assertThat(queryPlan("SELECT * FROM runs" + order)).contains("runs_newest");
    assertThat(queryPlan("SELECT * FROM runs WHERE (submitted, id) < (1, 'a')" + order))
        .contains("runs_newest");
    assertThat(queryPlan("SELECT * FROM runs WHERE status = 'failed'" + order))
        .contains("runs_in_status");
    assertThat(queryPlan("SELECT * FROM runs WHERE workflow = 'a'" + order))
        .contains("runs_of_workflow");
    assertThat(
            queryPlan(
                "SELECT * FROM runs WHERE workflow = 'a' AND status = 'failed'"
                    + " AND (submitted, id) < (1, 'a')"
                    + order))
        .contains("runs_of_workflow_in_status");
  }

  private String queryPlan(String sql) {
    try (var database = home().bare()) {
      var lines =
          database.read(session -> session.list("EXPLAIN QUERY PLAN " + sql, row -> row.text(4)));
      assertThat(lines).noneMatch(line -> line.contains("TEMP B-TREE"));
      return String.join("\n", lines);
    }
  }
}
