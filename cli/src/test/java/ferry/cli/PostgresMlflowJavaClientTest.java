package ferry.cli;

import java.nio.file.Path;

class PostgresMlflowJavaClientTest extends MlflowJavaClientContract {
  @Override
  MlflowPlace place(Path home) {
    return MlflowPlace.onPostgres(home);
  }
}
