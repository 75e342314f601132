import { describe, expect, it } from "vitest";
import { events, parse } from "../src/lib/events";
import { draw, together } from "../src/lib/graph";
import { unchanged } from "../src/lib/lists";
import { bars, span } from "../src/lib/timeline";
import type { RunSummary, StepRun } from "../src/lib/types";
import { inSight } from "../src/lib/window";
import { bytes, duration, lasted, momentIn } from "../src/lib/words";

function step(name: string, state: StepRun["state"], attempts: StepRun["attempts"] = []): StepRun {
  return { index: 0, name, step: name.split("[")[0]!, state, cached: false, command: "", attempts };
}

async function all(pieces: string[]) {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      pieces.forEach((piece) => controller.enqueue(encoder.encode(piece)));
      controller.close();
    },
  });
  const seen = [];
  for await (const event of events(body)) {
    seen.push(event);
  }
  return seen;
}

describe("events", () => {
  it("come whole, however the stream is cut", async () => {
    expect(await all(["event: st", "ep\ndata: {\"a\":", "1}\n", "\n: heartbeat\n\nevent: end\ndata: {}\n\n"])).toEqual([
      { name: "step", data: '{"a":1}' },
      { name: "end", data: "{}" },
    ]);
  });

  it("join the lines of their data", () => {
    expect(parse("data: a\ndata: b")).toEqual({ name: "message", data: "a\nb" });
  });

  it("are none where there is only a comment", () => {
    expect(parse(": heartbeat")).toBeUndefined();
  });
});

describe("the graph", () => {
  it("has the worst state of a step's runs", () => {
    expect(together([step("a", "succeeded"), step("b", "failed")])).toBe("failed");
    expect(together([])).toBe("waiting");
  });

  it("puts a step to the right of what it waits for, and last steps after all", () => {
    const steps = [
      { step: "prepare", after: [], last: false },
      { step: "train", after: ["prepare"], last: false },
      { step: "report", after: [], last: true },
    ];
    const { nodes, edges } = draw(steps, [step("prepare", "succeeded"), step("train[a]", "running"), step("train[b]", "waiting")]);
    expect(nodes.map((node) => node.runs.length)).toEqual([1, 2, 0]);
    expect(nodes.map((node) => node.x)).toEqual(nodes.map((node) => node.x).toSorted((a, b) => a - b));
    expect(edges.length).toBe(2);
  });
});

describe("the timeline", () => {
  const tried = step("train", "running", [
    { number: 1, state: "failed", started: "2026-11-22T18:00:00Z", ended: "2026-11-22T18:00:10Z" },
    { number: 2, state: "running", started: "2026-11-22T18:00:30Z" },
  ]);
  const now = Date.parse("2026-11-22T18:00:40Z");

  it("goes from the first start to now while something runs", () => {
    expect(span([tried], now)).toEqual({ from: Date.parse("2026-11-22T18:00:00Z"), to: now });
  });

  it("has a bar for each attempt", () => {
    expect(bars(tried, span([tried], now), now).map(({ from, to, state }) => [from, to, state])).toEqual([
      [0, 0.25, "failed"],
      [0.75, 1, "running"],
    ]);
  });
});

describe("a long list", () => {
  it("draws what is in sight and keeps the height of the rest", () => {
    expect(inSight(1000, 40, 20_000, 400)).toEqual({ first: 490, last: 520, above: 19_600, below: 19_200 });
    expect(inSight(3, 40, 0, 400)).toEqual({ first: 0, last: 3, above: 0, below: 0 });
  });
});

describe("a list that is asked for again", () => {
  it("keeps the runs that are as they were", () => {
    const before = [{ id: "a", state: "running" }, { id: "b", state: "failed" }] as RunSummary[];
    const after = unchanged([{ id: "a", state: "succeeded" }, { id: "b", state: "failed" }] as RunSummary[], before);
    expect(after[0]?.state).toBe("succeeded");
    expect(after[1]).toBe(before[1]);
  });
});

describe("words", () => {
  it("says when by the clocks of a time zone", () => {
    expect(momentIn("2026-11-24T02:00:00Z", "Europe/Berlin")).toMatch(/3:00:00.*, Europe\/Berlin$/);
    expect(momentIn("2026-11-24T02:00:00Z", "Nowhere/Nothing")).not.toContain("Nowhere");
  });

  it("say durations in their two largest units", () => {
    expect([400, 9_900, 61_000, 3_600_000 * 5, 86_400_000 + 3_600_000].map(duration)).toEqual(["0.4 s", "9.9 s", "1m 1s", "5h 0m", "1d 1h"]);
  });

  it("say sizes", () => {
    expect([0, 1023, 1024, 5_000_000, 3 * 2 ** 30].map(bytes)).toEqual(["0 B", "1023 B", "1.0 KiB", "4.8 MiB", "3.0 GiB"]);
  });

  it("say nothing of what has not begun", () => {
    expect(lasted(undefined, undefined, 0)).toBe("");
  });
});

