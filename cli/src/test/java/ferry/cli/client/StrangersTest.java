package ferry.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrangersTest {
  private static List<String> rows(int count, String address, String state, int user) {
    return Collections.nCopies(
        count,
        " 7: 0100007F:C350 %s %s 00000000:00000000 00:00000000 00000000 %5d 0 91 1 0 20 0 0 10 -1"
            .formatted(address, state, user));
  }

  @Test
  void manyConnectionsOfAnotherUserAreCountedAndNamed() {
    var found = Strangers.in(rows(500, "0100007F:1F90", "01", 65534), 8080, "1000");

    assertThat(found.orElseThrow().failure(8080).message())
        .endsWith("it takes no more: 500 by the user with id 65534");
  }

  @Test
  void onesOwnConnectionsAndThoseElsewhereOrEndedMeanNothing() {
    assertThat(Strangers.in(rows(500, "0100007F:1F90", "01", 1000), 8080, "1000")).isEmpty();
    assertThat(Strangers.in(rows(500, "0100007F:1F91", "01", 65534), 8080, "1000")).isEmpty();
    assertThat(Strangers.in(rows(500, "0100007F:1F90", "06", 65534), 8080, "1000")).isEmpty();
    assertThat(Strangers.in(rows(5, "0100007F:1F90", "01", 65534), 8080, "1000")).isEmpty();
  }

  @Test
  void aTableOfAnotherFormTellsNothing() {
    assertThat(Strangers.in(List.of("", "sl local_address", "x y z"), 8080, "1000")).isEmpty();
  }
}
