package ferry.store;

/** A home with a store of one of the databases, which the test has for itself. */
interface StoreHome extends AutoCloseable {
  Store store();

  /** The store as the next process finds it. */
  Store restart();

  /** The database alone, its store closed; whoever asks closes it. */
  Database bare();

  /** Fills it with what a store dumped; the store is another one afterwards. */
  void restore(byte[] dump);

  @Override
  void close();
}
