package ferry.server.mlflow;

import ferry.server.http.Dialect;
import ferry.server.http.Route;
import java.time.InstantSource;
import java.util.List;

/** All that MLflow's clients can ask. */
public final class MlflowApi {
  private static final List<String> ADDRESSES =
      List.of("/api/2.0/", "/ajax-api/", "/api/3.0/", "/version", "/graphql");

  private MlflowApi() {}

  public static List<Route> routes(MlflowPorts ports, InstantSource clock) {
    var to = new Endpoints();
    var rights = new Rights(ports.runs());
    new ExperimentRoutes(ports.groups()).add(to);
    new RunRoutes(ports.runs(), rights, clock).add(to);
    var logged =
        new LoggedModelRoutes(
            ports.loggedModels(), ports.models(), ports.groups(), ports.files(), clock);
    logged.add(to);
    new ModelRoutes(ports.models(), new Events(clock)).add(to);
    new VersionRoutes(
            ports.models(), new Sources(ports.models(), ports.loggedModels()), new Events(clock))
        .add(to);
    new LogRoutes(ports.log(), ports.runs(), rights, logged::keep).add(to);
    new MetricRoutes(ports.metrics(), ports.runs()).add(to);
    new ArtifactRoutes(
            ports.files(), ports.runs(), new ArtifactRights(rights, ports.loggedModels()))
        .add(to);
    to.add3(
        "GET",
        "/server-info",
        (_, _) ->
            json ->
                json.text("store_type", "SqlStore")
                    .truth("workspaces_enabled", false)
                    .truth("trace_archival_enabled", false)
                    .truth("multipart_uploads_enabled", true)
                    .truth("multipart_downloads_enabled", false));
    return to.routes();
  }

  /** Under these addresses errors are told in MLflow's words. */
  public static Dialect dialect() {
    return new Dialect(ADDRESSES, MlflowErrors::tell);
  }
}
