package ferry.local;

import static org.assertj.core.api.Assertions.assertThat;

import ferry.workflow.Command;
import ferry.workflow.Foreach;
import ferry.workflow.SecretRef;
import ferry.workflow.Step;
import ferry.workflow.Surroundings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenderingTest {
  @TempDir Path place;

  @Test
  void everyStepRunIsThereWithItsCommandAndNoValueOfAVariable() throws Exception {
    try (var local = new LocalPlace(place)) {
      local.environment.clear();
      local.environment.put("TOKEN", "hidden in the shell");
      local.define(
          Step.named("train", new Command.Shell("train {act} --n {prepare.n}"))
              .after(List.of("prepare"))
              .foreach(Foreach.of("act", "relu", "a b"))
              .surroundings(
                  new Surroundings(
                      Map.of("MODE", "hidden in the file"),
                      Map.of("DB", new SecretRef("warehouse", "password")),
                      Optional.empty()))
              .build(),
          Step.of("prepare", "true"));
      var tree = local.launcher.render(local.plan()).getFirst().tree();
      assertThat(tree).containsEntry("environment", List.of("TOKEN"));
      assertThat(tree.get("steps").toString())
          .contains(
              "{name=train[relu], run=train relu --n \"$FERRY_VALUE_PREPARE_N\", after=[prepare],"
                  + " env=[MODE], secrets={DB=warehouse.password}}")
          .contains("{name=train[a b], run=train 'a b' --n ");
      assertThat(tree.toString()).doesNotContain("hidden");
    }
  }
}
