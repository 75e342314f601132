package ferry.kubernetes;

import ferry.error.SystemError;
import ferry.kubernetes.capture.Inside;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The address by which Pods reach this process. */
public final class OwnAddress {
  /** The setting that names it. */
  public static final String SETTING = "address";

  private static final int HTTPS = 443;

  private OwnAddress() {}

  /**
   * What is configured, else in a Pod its own; empty where neither is.
   *
   * @throws ferry.error.UserException where what is configured is no address
   */
  public static Optional<InetAddress> find(
      Map<String, String> config, Map<String, String> environment) {
    var named = config.getOrDefault(SETTING, "");
    if (!named.isEmpty()) {
      return Optional.of(parse(named));
    }
    return Inside.aPod(environment)
        ? towards(environment.getOrDefault("KUBERNETES_SERVICE_HOST", ""))
        : Optional.empty();
  }

  private static InetAddress parse(String named) {
    try {
      return InetAddress.getByName(named);
    } catch (UnknownHostException unknown) {
      throw new SystemError.Unavailable(
              "the setting `address` is `" + named + "`, which is no address of this machine",
              List.of("name one that Pods reach, as `ip address` shows it"))
          .thrown();
    }
  }

  /** The address from which packets to there would go; none is sent. */
  private static Optional<InetAddress> towards(String host) {
    try (var socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByName(host), HTTPS));
      var own = socket.getLocalAddress();
      return own.isAnyLocalAddress() || own.isLoopbackAddress()
          ? Optional.empty()
          : Optional.of(own);
    } catch (SocketException | UnknownHostException noWay) {
      return Optional.empty(); // steps then do without
    }
  }
}
