package ferry.server;

import ferry.backend.CodeKeeper;
import ferry.backend.Rendered;
import ferry.engine.Journal;
import ferry.run.RunId;
import ferry.schedule.Scheduler;
import ferry.server.http.Route;
import ferry.submission.RequestReader;
import ferry.submission.Submissions;
import ferry.tracking.Logs;
import ferry.tracking.RunCatalog;
import ferry.tracking.RunFiles;
import ferry.tracking.RunTable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Everything that the API is handed.
 *
 * @param journal for whole plans, with the environment
 * @param trouble why a run that has not ended does not go on, where it does not
 * @param others routes of APIs that are not Ferry's own
 * @param yaml prints what a backend would create
 */
public record Ports(
    RequestReader reader,
    Submissions submissions,
    RunCatalog catalog,
    RunTable table,
    Journal journal,
    Logs logs,
    RunFiles files,
    CodeKeeper code,
    Scheduler scheduler,
    SearchPorts search,
    Function<RunId, Optional<String>> trouble,
    List<Route> others,
    Function<List<Rendered>, String> yaml) {}
