package ferry.cli;

import ferry.cli.client.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** A fault of Ferry's own: one sentence for the person, the rest in a file for whoever mends it. */
final class Bug {
  private Bug() {}

  static Failure report(Throwable fault, Shell shell) {
    var file = shell.home().directory().resolve("fault.log");
    var text = new StringWriter();
    fault.printStackTrace(new PrintWriter(text));
    try {
      Files.writeString(
          file,
          shell.clock().instant() + " " + text,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      return Failure.system("this is a fault of Ferry's own: " + fault);
    }
    return Failure.system(
        "this is a fault of Ferry's own: " + fault, "please report it with the end of " + file);
  }
}
