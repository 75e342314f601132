package ferry.cli.assembly;

/** A server that listens, in this process. */
public interface RunningServer extends AutoCloseable {

  /** Blocks until it has ended: asked to over HTTP, by idleness, or closed. */
  void awaitEnd();

  /** Ends it; the steps it started go on. Closing it again changes nothing. */
  @Override
  void close();
}
