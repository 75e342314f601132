import { untrack } from "svelte";
import { follow, get, Problem } from "./api";
import type { Run, StepRun } from "./types";

/** What a view shows of one question to the server, asked again and again while the page is looked at. */
export function polled<T>(path: () => string, millis: number | (() => number)) {
  const seen = $state<{ value: T | undefined; problem: Problem | undefined; turn: number }>({ value: undefined, problem: undefined, turn: 0 });
  $effect(() => {
    const asked = path();
    let over = false;
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      try {
        if (!document.hidden || untrack(() => seen.value) === undefined) {
          const value = await get<T>(asked);
          if (!over) {
            seen.value = value;
            seen.problem = undefined;
            seen.turn++;
          }
        }
      } catch (failure) {
        seen.problem = worded(failure);
      }
      if (!over) {
        timer = setTimeout(ask, typeof millis === "number" ? millis : millis());
      }
    };
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  });
  return seen;
}

/** One run as it is, kept up to date until it has ended; `turn` tells that one which had ended may go on. */
export function liveRun(id: () => string, turn: () => number) {
  const seen = $state<{ run: Run | undefined; problem: Problem | undefined }>({ run: undefined, problem: undefined });
  $effect(() => {
    const asked = id();
    turn();
    const stop = new AbortController();
    void watch(asked, stop.signal, seen);
    return () => stop.abort();
  });
  return seen;
}

async function watch(id: string, signal: AbortSignal, seen: { run: Run | undefined; problem: Problem | undefined }) {
  while (!signal.aborted) {
    try {
      for await (const event of follow(`runs/${encodeURIComponent(id)}/events`, signal)) {
        seen.problem = undefined;
        seen.run = taken(seen.run, event.name, JSON.parse(event.data || "null"));
        if (event.name === "end") {
          return;
        }
      }
    } catch (failure) {
      if (signal.aborted) {
        return;
      }
      seen.problem = worded(failure);
      if (seen.problem.status === 404 || seen.problem.status === 401) {
        return;
      }
    }
    await new Promise((wake) => setTimeout(wake, 1000));
  }
}

/** The run after an event: `run` and `end` bring it whole or its new state, `step` brings steps that changed. */
export function taken(run: Run | undefined, name: string, data: unknown): Run | undefined {
  if (name === "run" || name === "end") {
    return { ...run, ...(data as Run) };
  }
  if (name === "step" && run) {
    const changed = new Map((Array.isArray(data) ? (data as StepRun[]) : [data as StepRun]).map((step) => [step.name, step]));
    const steps = run.steps.map((step) => changed.get(step.name) ?? step);
    const known = new Set(run.steps.map((step) => step.name));
    steps.push(...[...changed.values()].filter((step) => !known.has(step.name)));
    return { ...run, steps: steps.toSorted((a, b) => a.index - b.index) };
  }
  return run;
}

export function worded(failure: unknown): Problem {
  return failure instanceof Problem ? failure : new Problem(String(failure), 0);
}

/** The time, told every second to those who show how long something has been going on. */
export const clock = $state({ now: Date.now() });
setInterval(() => (clock.now = Date.now()), 1000);
