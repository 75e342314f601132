package ferry.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rows as the kernel writes them: the server listens on port 8080 (1F90) as user 1000. */
class ForeignSocketsTest {
  private static final String LISTENING =
      "  0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 11"
          + " 1 0";
  private static final String THEIRS =
      "  1: 0100007F:C001 0100007F:1F90 01 00000000:00000000 00:00000000 00000000 65534        0 21"
          + " 1 0";
  private static final String TO_THEM =
      "  2: 0100007F:1F90 0100007F:C001 01 00000000:00000000 00:00000000 00000000  1000        0 12"
          + " 1 0";
  private static final String OURS =
      "  3: 0100007F:C002 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1000        0 22"
          + " 1 0";
  private static final String TO_US =
      "  4: 0100007F:1F90 0100007F:C002 01 00000000:00000000 00:00000000 00000000  1000        0 13"
          + " 1 0";

  @Test
  void thisEndOfAnotherUsersConnectionIsFound() {
    assertThat(sockets(LISTENING, THEIRS, TO_THEM, OURS, TO_US)).containsExactly("socket:[12]");
  }

  @Test
  void theTableForBothKindsOfAddressesIsReadAlike() {
    var mapped =
        "  2: 0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000100007F:C001 01"
            + " 00000000:00000000 00:00000000 00000000  1000        0 12 1 0";
    assertThat(sockets(LISTENING, THEIRS, mapped)).containsExactly("socket:[12]");
  }

  @Test
  void theAdministratorIsNoStranger() {
    assertThat(sockets(THEIRS.replace("65534", "    0"), TO_THEM)).isEmpty();
  }

  @Test
  void aPortThatTheOwnerUsesTooIsSpared() {
    var same = OURS.replace("C002", "C001").replace("0100007F:C001", "0200007F:C001");
    assertThat(sockets(THEIRS, TO_THEM, same)).isEmpty();
  }

  @Test
  void anotherPortIsNoneOfItsBusiness() {
    assertThat(sockets(THEIRS.replace("1F90", "1F91"), TO_THEM)).isEmpty();
  }

  @Test
  void aConnectionThatEndsIsLeftToEnd() {
    assertThat(sockets(THEIRS.replace(" 01 ", " 08 "), TO_THEM)).isEmpty();
  }

  private static Set<String> sockets(String... rows) {
    return ForeignSockets.sockets(List.of(rows), 8080, "1000");
  }
}
