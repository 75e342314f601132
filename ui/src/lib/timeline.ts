import type { StepRun } from "./types";

export interface Bar {
  /** Shares of the whole width, 0 to 1. */
  from: number;
  to: number;
  state: string;
  number: number;
}

/** From the first start of an attempt to the last end, or to now while one goes on; in milliseconds. */
export function span(steps: StepRun[], now: number): { from: number; to: number } {
  let from = Infinity;
  let to = -Infinity;
  for (const step of steps) {
    for (const attempt of step.attempts) {
      if (attempt.started) {
        from = Math.min(from, Date.parse(attempt.started));
        to = Math.max(to, attempt.ended ? Date.parse(attempt.ended) : now);
      }
    }
  }
  return from === Infinity ? { from: now, to: now + 1 } : { from, to: Math.max(to, from + 1) };
}

export function bars(step: StepRun, whole: { from: number; to: number }, now: number): Bar[] {
  const length = whole.to - whole.from;
  return step.attempts
    .filter((attempt) => attempt.started)
    .map((attempt) => ({
      from: (Date.parse(attempt.started!) - whole.from) / length,
      to: ((attempt.ended ? Date.parse(attempt.ended) : now) - whole.from) / length,
      state: attempt.state,
      number: attempt.number,
    }));
}
