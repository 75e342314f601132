package ferry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ferry.store.PostgresAddress.Source;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresAddressTest {

  private static PostgresAddress open(String text) {
    return PostgresAddress.parse(text, Source.OPEN, Map.of("PGPASSWORD", "s3cret"));
  }

  @Test
  void anAddressHasUserHostPortAndDatabase() {
    var address = open("postgresql://ada@db.example:5433/ferry?sslmode=require");

    assertThat(address.user()).isEqualTo("ada");
    assertThat(address.hosts()).isEqualTo("db.example:5433");
    assertThat(address.database()).isEqualTo("ferry");
    assertThat(address.options()).containsEntry("sslmode", "require");
    assertThat(address.password()).contains("s3cret");
  }

  @Test
  void thePasswordIsInNoTextOfAnAddress() {
    var secret = "postgresql://ada:s%40cret@db/ferry";
    var address = PostgresAddress.parse(secret, Source.ENVIRONMENT, Map.of());

    assertThat(address.password()).contains("s@cret");
    assertThat(address + address.words()).doesNotContain("cret").contains("ada@db/ferry");
  }

  @Test
  void aPasswordWhereOthersReadItIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> open("postgresql://ada:hidden@db/ferry"))
        .hasMessageContaining("holds a password")
        .hasMessageNotContaining("hidden");
  }

  @Test
  void whatIsNoAddressIsRefusedInWords() {
    assertThatThrownBy(() -> open("mysql://db/ferry")).hasMessageContaining("`mysql`");
    assertThatThrownBy(() -> open("postgresql://db/ferry?password=x"))
        .hasMessageContaining("the option `password`");
    assertThatThrownBy(() -> open("postgresql://db/%zz")).hasMessageContaining("percent sign");
  }
}
