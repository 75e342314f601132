package ferry.cli;

import java.nio.file.Path;

class SqliteMlflowJavaClientTest extends MlflowJavaClientContract {
  @Override
  MlflowPlace place(Path home) {
    return MlflowPlace.onSqlite(home);
  }
}
