package ferry.cli;

import ferry.cli.client.Program;
import ferry.cli.terminal.Output;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * A command as it was typed in a home of its own at noon, and what came of it.
 *
 * @param out what it printed as data
 * @param err what it said beside
 */
record Typed(int status, String out, String err) {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  static Typed in(Path home, String... words) {
    return in(home, InputStream.nullInputStream(), words);
  }

  static Typed withInput(Path home, String input, String... words) {
    return in(home, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), words);
  }

  private static Typed in(Path home, InputStream in, String... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var shell =
        new Shell(
            Map.of(
                "FERRY_HOME",
                home.toString(),
                "USER",
                "ada",
                "PATH",
                "/usr/bin:/bin",
                "HOME",
                home.toString()),
            home,
            in,
            new Output(out, false, false),
            new Output(err, false, false),
            Clock.fixed(NOON, ZoneOffset.UTC),
            () -> ZoneOffset.UTC,
            new Program(Optional.of(home.resolve("dist")), "test", Optional.empty()));
    int status = Main.run(words, shell);
    return new Typed(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
