package ferry.search;

import java.util.Map;
import org.junit.jupiter.api.Nested;

/** Every method keeps the contract. */
class MethodsTest {
  private static SearchPlan with(String method, Map<String, String> settings) {
    return SearchPlan.of(SearcherContract.SPACE, Goal.MINIMIZE)
        .withMethod(method, settings)
        .withTrials(40, 4)
        .withLength(20);
  }

  @Nested
  class Random extends SearcherContract {
    @Override
    SearchPlan plan() {
      return with("random", Map.of());
    }
  }

  @Nested
  class Single extends SearcherContract {
    @Override
    SearchPlan plan() {
      return with("single", Map.of());
    }

    @Override
    int trialsDespiteOneHanging(int trials) {
      return 1;
    }
  }

  @Nested
  class Asha extends SearcherContract {
    @Override
    SearchPlan plan() {
      return with("asha", Map.of("divisor", "3"));
    }
  }

  @Nested
  class PromotingAsha extends SearcherContract {
    @Override
    SearchPlan plan() {
      return with("asha", Map.of("divisor", "3", "stop_once", "false"));
    }
  }

  @Nested
  class AdaptiveAsha extends SearcherContract {
    @Override
    SearchPlan plan() {
      return with("adaptive_asha", Map.of("mode", "conservative"));
    }

    @Override
    int trialsDespiteOneHanging(int trials) {
      return trials / 3;
    }
  }

  @Nested
  class HyperbandByAParameter extends SearcherContract {
    @Override
    SearchPlan plan() {
      return with("hyperband", Map.of("length_parameter", "epochs"));
    }
  }

  @Nested
  class Generations extends SearcherContract {
    @Override
    SearchPlan plan() {
      return with("pbt", Map.of("length_per_round", "whole", "population_size", "6"));
    }
  }

  @Nested
  class Hyperband extends SearcherContract {
    @Override
    SearchPlan plan() {
      return with("hyperband", Map.of());
    }
  }

  @Nested
  class Median extends SearcherContract {
    @Override
    SearchPlan plan() {
      return with("median", Map.of());
    }
  }

  @Nested
  class Sobol extends SearcherContract {
    @Override
    SearchPlan plan() {
      return with("sobol", Map.of());
    }
  }

  @Nested
  class Tpe extends SearcherContract {
    @Override
    SearchPlan plan() {
      return with("tpe", Map.of());
    }
  }

  @Nested
  class AshaOverTpe extends SearcherContract {
    @Override
    SearchPlan plan() {
      return with("asha", Map.of("sampler", "tpe"));
    }
  }

  @Nested
  class Gp extends SearcherContract {
    @Override
    SearchPlan plan() {
      return with("gp", Map.of()).withTrials(14, 3);
    }
  }

  @Nested
  class CmaEs extends SearcherContract {
    @Override
    SearchPlan plan() {
      return with("cma-es", Map.of());
    }
  }

  @Nested
  class Auto extends SearcherContract {
    @Override
    SearchPlan plan() {
      return with("auto", Map.of());
    }
  }

  @Nested
  class Pbt extends SearcherContract {
    @Override
    SearchPlan plan() {
      return with(
              "pbt", Map.of("population_size", "6", "num_rounds", "4", "truncate_fraction", "0.34"))
          .withTrials(100, 3);
    }

    @Override
    int trialsDespiteOneHanging(int trials) {
      return 6;
    }
  }
}
