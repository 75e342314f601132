package ferry.workflow;

import java.time.ZoneId;

/**
 * When a workflow starts by itself.
 *
 * @param cron five fields as in crontab(5): minute, hour, day of month, month, day of week
 * @param zone the time zone in which they are meant
 */
public record Schedule(String cron, ZoneId zone) {}
