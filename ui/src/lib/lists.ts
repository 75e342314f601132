import type { RunSummary } from "./types";

/** Runs that are as they were before stay the same objects, so that their rows are left alone. */
export function unchanged(newest: RunSummary[], before: RunSummary[]): RunSummary[] {
  const known = new Map(before.slice(0, 2 * newest.length).map((run) => [run.id, run]));
  return newest.map((run) => {
    const old = known.get(run.id);
    return old && JSON.stringify(old) === JSON.stringify(run) ? old : run;
  });
}

/** The newest runs above those that were seen before; undefined where there may be others between the two. */
export function merged(newest: RunSummary[], before: RunSummary[]): RunSummary[] | undefined {
  const last = newest.at(-1);
  const from = last ? before.findIndex((run) => run.id === last.id) : -1;
  return from < 0 ? undefined : [...newest, ...before.slice(from + 1)];
}

/** The beginning of a sorted list anew; what comes after it stays where it is still the same run that goes before. */
export function renewed(first: RunSummary[], before: RunSummary[]): RunSummary[] | undefined {
  return merged(first, before) ?? (before.length <= first.length ? undefined : before);
}
