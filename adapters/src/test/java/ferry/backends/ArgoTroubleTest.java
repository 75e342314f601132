package ferry.backends;

import java.nio.file.Path;

/** Troubles of Workflows of a real Argo. */
class ArgoTroubleTest extends TroubleContract {

  @Override
  ContractPlace open(Path directory) throws Exception {
    return new ArgoBackendTest().open(directory);
  }
}
