package ferry.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ferry.Seeds;
import ferry.search.chance.Stream;
import ferry.search.space.Parameter;
import ferry.search.space.Range;
import ferry.search.space.Space;
import ferry.search.space.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The arithmetic below the samplers, and that they find what is easy to find. */
class ModelsTest {

  private static double[] point(RandomGenerator random, int n) {
    return random.doubles(n).toArray();
  }

  @Test
  void theInverseOfASymmetricMatrixUndoesIt() {
    Seeds.each(
        20,
        random -> {
          int n = random.nextInt(1, 12);
          var process = new GaussianProcess(new boolean[] {true, true});
          var points = new ArrayList<double[]>();
          var cholesky = new Cholesky();
          for (int i = 0; i < n; i++) {
            points.add(point(random, 2));
            process.learn(points.subList(0, i), new double[i]);
            cholesky.add(java.util.Arrays.copyOf(process.kernels(points.get(i)), i + 1), 1.01);
          }
          var b = point(random, n);
          var solved = b.clone();
          cholesky.forward(solved);
          cholesky.backward(solved);
          var inverse = cholesky.inverse();

          for (int i = 0; i < n; i++) {
            assertThat(Cholesky.dot(inverse[i], b, n)).isCloseTo(solved[i], within(1e-8));
          }
        });
  }

  @Test
  void aProcessKnowsWhatItLearned() {
    var process = new GaussianProcess(new boolean[] {true});
    process.learn(List.of(new double[] {0.2}, new double[] {0.8}), new double[] {-1, 1});
    var at = process.kernels(new double[] {0.2});

    assertThat(process.mean(at)).isCloseTo(-1, within(0.01));
    assertThat(process.variance(at)).isLessThan(0.01);
    var between = process.kernels(new double[] {0.5});
    assertThat(process.mean(between)).isCloseTo(0, within(1e-6));
    assertThat(process.variance(between)).isGreaterThan(0.01);
  }

  @Test
  void gradientsOfTheImprovementAreRight() {
    Seeds.each(
        20,
        random -> {
          var process = new GaussianProcess(new boolean[] {true, true, true});
          var points = new ArrayList<double[]>();
          for (int i = 0; i < 8; i++) {
            points.add(point(random, 3));
          }
          process.learn(points, random.doubles(8, -1, 1).toArray());
          var improvement = new Improvement(process, -0.5);
          var at = point(random, 3);
          var gradient = new double[3];
          improvement.descent(at, gradient);

          for (int j = 0; j < 3; j++) {
            double there = improvement.log(moved(at, j, 1e-6));
            double back = improvement.log(moved(at, j, -1e-6));
            assertThat(-gradient[j])
                .isCloseTo((there - back) / 2e-6, within(1e-3 + 1e-3 * Math.abs(gradient[j])));
          }
        });
  }

  private static double[] moved(double[] at, int j, double by) {
    var moved = at.clone();
    moved[j] += by;
    return moved;
  }

  @Test
  void aDescentFindsTheBottomAndStopsAtAWall() {
    Descent.Smooth bowl =
        (x, gradient) -> {
          gradient[0] = 2 * (x[0] - 0.3);
          gradient[1] = 20 * (x[1] - 2);
          return (x[0] - 0.3) * (x[0] - 0.3) + 10 * (x[1] - 2) * (x[1] - 2);
        };

    var found = Descent.from(new double[] {0.9, 0.1}, new double[2], new double[] {1, 1}, 50, bowl);

    assertThat(found[0]).isCloseTo(0.3, within(1e-3));
    assertThat(found[1]).isEqualTo(1);
  }

  @Test
  void whitenedNumbersOfAStretchAreTheNumbers() {
    var eigen = Eigen.of(new double[][] {{2, 0.5, 0}, {0.5, 1, 0.2}, {0, 0.2, 3}});
    var z = new double[] {0.3, -1, 2};
    double before = Cholesky.dot(z, z, 3);
    var white = eigen.whiten(eigen.stretch(z));

    assertThat(Cholesky.dot(white, white, 3)).isCloseTo(before, within(1e-9));
  }

  private static double found(String method) {
    var space = Space.of(new Parameter("x", Range.of(-5, 5)), new Parameter("y", Range.of(-5, 5)));
    var plan = SearchPlan.of(space, Goal.MINIMIZE).withMethod(method).withTrials(60, 1).withSeed(4);
    Simulation.Script bowl =
        (point, _, _) -> {
          double x = ((Value.Real) point.get("x").orElseThrow()).value() - 1.5;
          double y = ((Value.Real) point.get("y").orElseThrow()).value() + 2;
          return x * x + 3 * y * y;
        };
    return Simulation.run(plan, bowl, Simulation.World.PLAIN, new Stream(1, 1)).bestValue();
  }

  @Test
  void methodsThatLearnFindTheBottomOfABowl() {
    assertThat(found("gp")).isLessThan(0.01);
    assertThat(found("cma-es")).isLessThan(0.1);
    assertThat(found("tpe")).isLessThan(0.3);
  }
}
