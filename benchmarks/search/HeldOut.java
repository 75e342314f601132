import ferry.search.space.Point;

/** Test functions on which nothing was tuned; `functions.py` has the same. */
final class HeldOut {
  private HeldOut() {}

  static Functions.Function named(String name) {
    return switch (name) {
      case "michalewicz5" -> new Functions.Function(name, Functions.box(5, "0.0..3.141592653589793"), 0, HeldOut::michalewicz);
      case "styblinski4" -> new Functions.Function(name, Functions.box(4, "-5.0..5"), 0, HeldOut::styblinski);
      case "rastrigin4" -> new Functions.Function(name, Functions.box(4, "-5.12..5.12"), 0, point -> rastrigin(Functions.shifted(point, 1.5)));
      case "griewank6" -> new Functions.Function(name, Functions.box(6, "-600.0..600"), 0, point -> griewank(Functions.shifted(point, 200)));
      case "camel" -> new Functions.Function(name, Functions.space("x0=-3.0..3", "x1=-2.0..2"), 0, HeldOut::camel);
      case "noisy-levy3" -> new Functions.Function(name, Functions.box(3, "-10.0..10"), 1, point -> Functions.levy(Functions.shifted(point, 3)));
      case "forest" ->
          new Functions.Function(
              name,
              Functions.space("depth=logint:1..40", "features=0.05..1", "leaf=logint:1..64", "kind=[gini, entropy, log_loss]", "replace=[yes, no]"),
              0,
              HeldOut::forest);
      case "optimizers" ->
          new Functions.Function(
              name,
              Functions.space(
                  "rate=log:1e-6..1", "optimizer=[sgd, adam]", "schedule=[constant, cosine]",
                  "momentum=0.0..1 if optimizer = sgd", "beta=log:1e-4..0.5 if optimizer = adam", "warmup=int:0..20 if schedule = cosine"),
              0,
              HeldOut::optimizers);
      default -> {
        var table = Table.read(name);
        yield new Functions.Function(name, table.space(), 0, point -> table.error(point, Table.UNITS));
      }
    };
  }

  static double michalewicz(Point point) {
    var x = Functions.xs(point);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum -= Math.sin(x[i]) * Math.pow(Math.sin((i + 1) * x[i] * x[i] / Math.PI), 20);
    }
    return sum;
  }

  static double styblinski(Point point) {
    double sum = 0;
    for (double x : Functions.xs(point)) {
      sum += (x * x * x * x - 16 * x * x + 5 * x) / 2;
    }
    return sum;
  }

  static double rastrigin(double[] xs) {
    double sum = 0;
    for (double x : xs) {
      sum += x * x - 10 * Math.cos(2 * Math.PI * x) + 10;
    }
    return sum;
  }

  static double griewank(double[] xs) {
    double squares = 0;
    double product = 1;
    for (int i = 0; i < xs.length; i++) {
      squares += xs[i] * xs[i] / 4000;
      product *= Math.cos(xs[i] / Math.sqrt(i + 1.0));
    }
    return squares - product + 1;
  }

  static double camel(Point point) {
    double x = Functions.number(point, "x0");
    double y = Functions.number(point, "x1");
    return (4 - 2.1 * x * x + x * x * x * x / 3) * x * x + x * y + (4 * y * y - 4) * y * y;
  }

  static double forest(Point point) {
    double depth = Math.log(Functions.number(point, "depth") / 11);
    double leaf = Math.log(Functions.number(point, "leaf") / 3);
    double kind =
        switch (Functions.word(point, "kind")) {
          case "gini" -> 0;
          case "entropy" -> 0.04;
          default -> 0.05;
        };
    boolean replace = Functions.word(point, "replace").equals("yes");
    double features = Functions.number(point, "features") - (replace ? 0.4 : 0.7);
    double joined = leaf + 0.5 * depth;
    return 0.1 * depth * depth + features * features + 0.05 * joined * joined + kind * (1 + depth * depth) + (replace ? 0 : 0.1);
  }

  static double optimizers(Point point) {
    double rate = Math.log10(Functions.number(point, "rate"));
    double loss;
    if (Functions.word(point, "optimizer").equals("sgd")) {
      double momentum = Functions.number(point, "momentum");
      double near = rate + 1 + momentum;
      loss = 0.1 + 0.08 * near * near + 0.4 * (momentum - 0.9) * (momentum - 0.9);
    } else {
      double beta = Math.log10(Functions.number(point, "beta")) + 1;
      loss = 0.12 + 0.1 * (rate + 3.2) * (rate + 3.2) + 0.02 * beta * beta;
    }
    if (Functions.word(point, "schedule").equals("cosine")) {
      double warmup = Functions.number(point, "warmup") - 6;
      loss += 0.0005 * warmup * warmup - 0.06;
    }
    return loss;
  }
}
