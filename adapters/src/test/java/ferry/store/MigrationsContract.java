package ferry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How every database comes to the present schema, and which one it refuses. */
abstract class MigrationsContract extends StoreContract {
  private static final int KNOWN = Migrations.KNOWN.size();

  private static Migrations knownAnd(String next) {
    return new Migrations(
        "the database of a test",
        Stream.concat(Migrations.KNOWN.stream(), Stream.of(next)).toList());
  }

  private void change(String statement) {
    try (var database = home().bare()) {
      database.write(session -> session.update(statement));
    }
  }

  private List<String> versions() {
    try (var database = home().bare()) {
      return database.read(
          session -> session.list("SELECT name FROM schema_versions", row -> row.text(1)));
    }
  }

  @Test
  void aNewerDatabaseIsRefusedAndLeftAsItIs() {
    change("INSERT INTO schema_versions VALUES (" + (KNOWN + 1) + ", 'later.sql', 'ffffffff')");

    assertThatThrownBy(this::restart)
        .hasMessageStartingWith("the database ")
        .hasMessageEndingWith(
            " was made by a newer Ferry (schema "
                + (KNOWN + 1)
                + ", this one knows "
                + KNOWN
                + ")");
    assertThat(versions()).hasSize(KNOWN + 1).contains("later.sql");
  }

  @Test
  void aSchemaThatIsNotOursIsRefused() {
    change("UPDATE schema_versions SET checksum = '00000000'");

    assertThatThrownBy(this::restart)
        .hasMessageContaining("`001-runs.sql` was applied in another form");
  }

  @Test
  void aDatabaseOfAnOlderVersionIsBroughtUpToDateOnce() {
    try (var database = home().bare()) {
      knownAnd("test-later.sql").apply(database);
      knownAnd("test-later.sql").apply(database);

      assertThat(
              database.<Integer>read(
                  session -> session.first("SELECT later FROM later", row -> row.count(1)).get()))
          .isEqualTo(7);
    }
  }

  @Test
  void aMigrationThatFailsLeavesNothing() {
    try (var database = home().bare()) {
      assertThatThrownBy(() -> knownAnd("test-broken.sql").apply(database))
          .isInstanceOf(IllegalStateException.class);
    }
    change("CREATE TABLE half (a BIGINT)");
    assertThat(versions()).hasSize(KNOWN);
  }
}
