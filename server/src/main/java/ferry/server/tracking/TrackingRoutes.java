package ferry.server.tracking;

import ferry.registry.Promotions;
import ferry.server.http.Route;
import ferry.server.mlflow.MlflowPorts;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** All that can be asked of what is tracked, besides in MLflow's words. */
public final class TrackingRoutes {
  private TrackingRoutes() {}

  public static List<Route> of(MlflowPorts ports, InstantSource clock) {
    var promotions = new Promotions(ports.models(), ports.loggedModels(), ports.runs(), clock);
    var routes =
        new ArrayList<>(
            new TrackingResource(ports.log(), ports.runs(), ports.metrics(), clock).routes());
    routes.addAll(new RunMetricsResource(ports.runs(), ports.log(), ports.metrics()).routes());
    routes.addAll(new TrackedFilesResource(ports.runs(), ports.files()).routes());
    routes.addAll(new ModelsResource(ports.models(), ports.runs(), promotions).routes());
    return routes;
  }
}
