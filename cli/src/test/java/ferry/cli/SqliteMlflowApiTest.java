package ferry.cli;

import java.nio.file.Path;

class SqliteMlflowApiTest extends MlflowApiContract {
  @Override
  MlflowPlace place(Path home) {
    return MlflowPlace.onSqlite(home);
  }
}
