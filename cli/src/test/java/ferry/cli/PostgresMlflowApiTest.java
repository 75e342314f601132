package ferry.cli;

import java.nio.file.Path;

class PostgresMlflowApiTest extends MlflowApiContract {
  @Override
  MlflowPlace place(Path home) {
    return MlflowPlace.onPostgres(home);
  }
}
