package ferry.store;

import ferry.error.RequestError;
import ferry.error.UserException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where a PostgreSQL database is, and as whom: {@code postgresql://user@host:port/database}. A
 * password comes from the environment ({@code PGPASSWORD}), from {@code ~/.pgpass}, or stands in an
 * address that itself came from the environment; it is in no text that this gives.
 *
 * @param hosts {@code host:port}, several with commas between them
 * @param options of the driver that concern TLS and the schema
 */
public record PostgresAddress(
    String hosts,
    String database,
    String user,
    Optional<String> password,
    Map<String, String> options) {
  private static final List<String> SCHEMES =
      List.of("postgresql://", "postgres://", "jdbc:postgresql://");
  private static final TreeSet<String> KNOWN =
      new TreeSet<>(
          List.of(
              "channelBinding",
              "connectTimeout",
              "currentSchema",
              "gssEncMode",
              "socketTimeout",
              "sslcert",
              "sslkey",
              "sslmode",
              "sslrootcert",
              "targetServerType"));
  private static final String HELP = "expected postgresql://user@host:port/database";

  public PostgresAddress {
    options = Map.copyOf(options);
  }

  /** Where a word that names a database comes from. */
  public enum Source {
    /** Seen by everybody on the machine, or kept in a file: it must hold no password. */
    OPEN,
    ENVIRONMENT
  }

  /**
   * Reads an address.
   *
   * @param environment of this process, for {@code PGUSER} and {@code PGPASSWORD}
   * @throws UserException where it is none, or holds a password in a place that others see
   */
  public static PostgresAddress parse(String text, Source source, Map<String, String> environment) {
    var rest = afterScheme(text.strip());
    int question = rest.indexOf('?');
    var options = question < 0 ? Map.<String, String>of() : options(rest.substring(question + 1));
    rest = question < 0 ? rest : rest.substring(0, question);
    int slash = rest.indexOf('/');
    var authority = slash < 0 ? rest : rest.substring(0, slash);
    int at = authority.lastIndexOf('@');
    var login = at < 0 ? "" : authority.substring(0, at);
    var hosts = authority.substring(at + 1);
    int colon = login.indexOf(':');
    if (colon >= 0 && source == Source.OPEN) {
      throw refused(
          "the address of the database holds a password, which others could read there",
          "leave it out, and put it in PGPASSWORD or ~/.pgpass; or put the whole address in"
              + " FERRY_DATABASE");
    }
    var user = decoded(colon < 0 ? login : login.substring(0, colon));
    if (user.isEmpty()) {
      user = environment.getOrDefault("PGUSER", System.getProperty("user.name", "ferry"));
    }
    var password =
        colon < 0
            ? Optional.ofNullable(environment.get("PGPASSWORD"))
            : Optional.of(decoded(login.substring(colon + 1)));
    var database = slash < 0 ? "" : decoded(rest.substring(slash + 1));
    return new PostgresAddress(
        hosts.isEmpty() ? "localhost" : hosts,
        database.isEmpty() ? user : database,
        user,
        password.filter(word -> !word.isEmpty()),
        options);
  }

  private static String afterScheme(String text) {
    for (var scheme : SCHEMES) {
      if (text.startsWith(scheme)) {
        return text.substring(scheme.length());
      }
    }
    int end = text.indexOf("://");
    throw refused(
        "`"
            + (end < 0 ? "the address" : text.substring(0, end))
            + "` names no database that Ferry"
            + " knows",
        HELP);
  }

  private static Map<String, String> options(String query) {
    var options = new TreeMap<String, String>();
    for (var part : query.split("&")) {
      int equals = part.indexOf('=');
      var key = equals < 0 ? part : part.substring(0, equals);
      if (equals < 0 || !KNOWN.contains(key)) {
        throw refused(
            "the address of the database has the option `" + key + "`",
            "options are " + String.join(", ", KNOWN));
      }
      options.put(key, decoded(part.substring(equals + 1)));
    }
    return options;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw refused("the address of the database has a broken percent sign", HELP);
    }
  }

  private static UserException refused(String message, String help) {
    return new RequestError.BadRequest(message, List.of(help)).thrown();
  }

  /** Opens a connection, on which every statement but the first waits for its commit. */
  Session connect() throws SQLException {
    var settings = new Properties();
    settings.setProperty("connectTimeout", "10");
    settings.setProperty("socketTimeout", "120");
    settings.setProperty("tcpKeepAlive", "true");
    settings.setProperty("ApplicationName", "ferry");
    settings.setProperty("prepareThreshold", "3");
    settings.setProperty("logServerErrorDetail", "false");
    settings.putAll(options);
    settings.setProperty("user", user);
    password.ifPresent(word -> settings.setProperty("password", word));
    var url = "jdbc:postgresql://" + hosts + "/" + encoded(database);
    loadDriver();
    var connection = DriverManager.getConnection(url, settings);
    connection.setAutoCommit(false);
    return new Session(connection, PostgresAddress::storable);
  }

  /** By its name: where all jars are one, the driver may not be found by itself. */
  private static void loadDriver() {
    try {
      Class.forName("org.postgresql.Driver");
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("this build of Ferry lacks the driver of PostgreSQL", e);
    }
  }

  private static String encoded(String text) {
    return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** PostgreSQL keeps every character but NUL, and no half of a pair. */
  private static String storable(String text) {
    boolean isWhole =
        text.indexOf('\0') < 0 && StandardCharsets.UTF_16.newEncoder().canEncode(text);
    return isWhole
        ? text
        : new String(
            text.replace('\0', '\ufffd').getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** As people may read it: without the password and the options. */
  public String words() {
    return "postgresql://" + user + "@" + hosts + "/" + database;
  }

  @Override
  public String toString() {
    return words();
  }
}
