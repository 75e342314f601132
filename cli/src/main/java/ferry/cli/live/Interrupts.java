package ferry.cli.live;

import java.lang.reflect.Proxy;

/**
 * Ctrl-C. The JDK's way to hear of it is not part of what compiles without a warning, so it is
 * found by its name; where it is missing, Ctrl-C ends the command as it ends any other.
 */
final class Interrupts {
  private Interrupts() {}

  /**
   * From now on a signal of this name, without {@code SIG}, runs the action on a thread of its own.
   */
  static void handle(String name, Runnable action) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      var proxy =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      action.run();
                      yield null;
                    }
                    case "equals" -> false;
                    case "hashCode" -> System.identityHashCode(self);
                    default -> "Ctrl-C";
                  });
      var one = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, one, proxy);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      return;
    }
  }
}
