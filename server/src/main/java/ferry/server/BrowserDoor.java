package ferry.server;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a browser comes in, and what it finds there.
 *
 * @param files the directory of the built web page; it may come to be later
 */
public record BrowserDoor(Sessions sessions, Optional<Path> files) {}
