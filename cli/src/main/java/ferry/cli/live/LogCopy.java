package ferry.cli.live;

import ferry.cli.client.Client;
import ferry.cli.client.Failure;
import ferry.cli.terminal.Output;
import ferry.cli.terminal.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Copies a step's log to standard output. A pipe or file gets every byte as the step wrote it; a
 * terminal, and lines that get a prefix, only what is harmless.
 */
public record LogCopy(Output out, String prefix) {

  /** Copies the whole log; where it is followed, until its attempt has ended. */
  public void of(Client client, String path, String query) {
    try (var answer = client.open(path + query)) {
      if (out.isTerminal() || !prefix.isEmpty()) {
        lines(answer.body());
      } else {
        bytes(answer.body());
      }
    } catch (IOException e) {
      out.flush();
      throw Failure.system(
              "the log broke off: " + e.getMessage(),
              "the same command again shows the whole of it")
          .thrown();
    }
  }

  private void bytes(InputStream body) throws IOException {
    var buffer = new byte[65_536];
    for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
      out.write(buffer, read);
    }
  }

  private void lines(InputStream body) throws IOException {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    var bytes = ByteBuffer.allocate(65_536);
    var characters = CharBuffer.allocate(65_536);
    var lines = new LogLines();
    for (int read = 0; read >= 0; ) {
      read = body.read(bytes.array(), bytes.position(), bytes.remaining());
      bytes.position(bytes.position() + Math.max(0, read)).flip();
      decoder.decode(bytes, characters, read < 0);
      bytes.compact();
      lines.take(characters.flip().toString(), this::print);
      characters.clear();
      out.flush();
    }
    lines.end(this::print);
  }

  private void print(String line) {
    out.println(prefix + SafeText.logLine(line, out.hasColour()));
  }
}
