package ferry.cli.client;

/** The way to a server that answers. */
public interface Connector {

  /**
   * The server to speak to; one is started where there is none.
   *
   * @throws CommandFailed in the server's own words where it cannot start
   */
  ServerFile connect();
}
