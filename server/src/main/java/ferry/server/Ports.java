package ferry.server;

import ferry.backend.CodeKeeper;
import ferry.backend.Rendered;
import ferry.engine.Journal;
import ferry.schedule.Scheduler;
import ferry.submission.RequestReader;
import ferry.submission.Submissions;
import ferry.tracking.Logs;
import ferry.tracking.RunCatalog;
import ferry.tracking.RunFiles;
import java.util.List;
import java.util.function.Function;

/**
 * Everything that the API is handed.
 *
 * @param journal for whole plans, with the environment
 * @param yaml prints what a backend would create
 */
public record Ports(
    RequestReader reader,
    Submissions submissions,
    RunCatalog catalog,
    Journal journal,
    Logs logs,
    RunFiles files,
    CodeKeeper code,
    Scheduler scheduler,
    SearchPorts search,
    Function<List<Rendered>, String> yaml) {}
