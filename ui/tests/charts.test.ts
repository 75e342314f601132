import { describe, expect, it } from "vitest";
import { compared } from "../src/lib/beside";
import { aligned, drawable, range, smoothed, undrawn, type Curve } from "../src/lib/curves";
import { metrics } from "../src/lib/parts";
import { rounds, said, scale, short } from "../src/lib/scale";
import { bestSoFar, command, isBetter, ranks, searched, sorted } from "../src/lib/trials";
import type { Experiment, Part, Trial } from "../src/lib/types";
import { percent, total, usageCharts } from "../src/lib/usage";

function curve(id: string, xs: number[], ys: (number | null)[]): Curve {
  return { id, label: id, xs, ys };
}

function trial(number: number, metric: number | undefined, params: Trial["params"] = {}): Trial {
  const one: Trial = { number, run: `run-${number}`, state: "succeeded", params, length: 1, reports: 1, created: "2026-11-22T18:00:00Z", ended: "2026-11-22T18:01:00Z", reason: "" };
  return metric === undefined ? one : { ...one, metric };
}

describe("curves", () => {
  it("say how many points are no numbers, and from which step on", () => {
    expect(undrawn([0, 1, 2, 3], [1, 0.5, "NaN", "NaN"])).toBe("2 of 4 points are not numbers (NaN), from step 2 on");
    expect(undrawn([0, 10, 20], [1, "Infinity", 3])).toBe("1 of 3 points is not a number (Infinity), the first at step 10");
    expect(undrawn([5, 6], ["NaN", "-Infinity"])).toBe("all 2 points are not numbers (-Infinity, NaN), from step 5 on");
    expect(undrawn([7], ["NaN"])).toBe("its only point is not a number (NaN), from step 7 on");
    expect(undrawn([0, 8], ["NaN", 1], 90)).toBe("1 of 2 points shown is not a number (NaN), the first at step 0");
    expect(undrawn([0], [1])).toBeUndefined();
  });

  it("come over one row of x, with gaps where one has no point", () => {
    expect(aligned([curve("a", [1, 3], [10, 30]), curve("b", [2, 3], [200, 300])], 100)).toEqual([[1, 2, 3], [10, null, 30], [null, 200, 300]]);
  });

  it("keep the lowest and the highest point of each column where there are more than a screen shows", () => {
    const xs = Array.from({ length: 1000 }, (_, at) => at);
    const ys = xs.map((x) => (x === 500 ? 99 : x === 501 ? -99 : 0));
    const [row, values] = aligned([curve("a", xs, ys)], 100);
    expect(row.length).toBe(100);
    expect(Math.max(...(values as number[]))).toBe(99);
    expect(Math.min(...(values as number[]))).toBe(-99);
    expect(row).toEqual(row.toSorted((a, b) => a - b));
  });

  it("of a million points are ready within a frame or two", () => {
    const xs = Array.from({ length: 10_000 }, (_, at) => at);
    const many = Array.from({ length: 100 }, (_, at) => curve(String(at), xs, xs.map((x) => Math.sin(x / 100 + at))));
    expect(aligned(many, 4000).every((row) => row.length === 4000)).toBe(true);
  });

  it("are smoothed without a pull towards zero, and as they are at weight 0", () => {
    expect(smoothed([4, 4, null, 4], 0.9)).toEqual([4, 4, null, 4]);
    expect(smoothed([0, 1], 0.5)[1]).toBeCloseTo(2 / 3);
    expect(smoothed([1, 2], 0)).toEqual([1, 2]);
  });

  it("have gaps where a value is no number", () => {
    expect(drawable([1, "NaN", "Infinity", 2])).toEqual([1, null, null, 2]);
    expect(range([curve("a", [1], [null])])).toBeUndefined();
    expect(range([curve("a", [1, 2], [3, null]), curve("b", [1], [-1])])).toEqual([-1, 3]);
  });
});

describe("an axis", () => {
  it("of numbers goes from the least to the greatest", () => {
    const axis = scale([2, 4, 6]);
    expect([2, 4, 6, "x", undefined].map((value) => axis.place(value))).toEqual([0, 0.5, 1, undefined, undefined]);
  });

  it("can be logarithmic, and has its powers as marks", () => {
    const axis = scale([0.001, 0.1], true);
    expect(axis.place(0.01)).toBeCloseTo(0.5);
    expect(axis.place(0)).toBeUndefined();
    expect(axis.ticks.map(({ text }) => text)).toEqual(["0.001", "0.01", "0.1"]);
  });

  it("of words has a place for each, also of those that look like numbers", () => {
    const axis = scale(["relu", "tanh", true]);
    expect(axis.ticks.map(({ text }) => text)).toEqual(["relu", "tanh", "true"]);
    expect(scale(["8", "16", "32"]).place("16")).toBe(0.5);
  });

  it("of one value has it in the middle", () => {
    expect(scale([3]).place(3)).toBe(0.5);
    expect(scale(["a"]).place("a")).toBe(0.5);
    expect(scale([]).ticks).toEqual([]);
  });

  it("is marked with round numbers", () => {
    expect(rounds(0, 10)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(rounds(1, 1)).toEqual([1]);
  });

  it("says numbers in as many digits as a person compares", () => {
    expect([0, 0.97321, 12345.6, 4.3079e-4, 2.5e7, -0.5].map(short)).toEqual(["0", "0.9732", "12350", "4.31e-4", "2.5e7", "-0.5"]);
    expect([null, "relu", true].map(said)).toEqual(["–", "relu", "true"]);
  });
});

describe("trials", () => {
  const all = [trial(1, 0.5), trial(2, undefined), trial(3, 0.9), trial(4, 0.7)];

  it("have a best one so far", () => {
    expect(bestSoFar("maximize", all)).toEqual([
      { number: 1, value: 0.5 },
      { number: 3, value: 0.9 },
      { number: 4, value: 0.9 },
    ]);
    expect(isBetter("minimize", NaN, 3)).toBe(false);
  });

  it("are ranked from the best to the worst", () => {
    expect([...ranks("maximize", all)]).toEqual([[3, 0], [4, 0.5], [1, 1]]);
    expect(ranks("minimize", all).get(1)).toBe(0);
  });

  it("are sorted by a column, with those that have nothing there last", () => {
    expect(sorted(all, "metric", true, 0).map(({ number }) => number)).toEqual([3, 4, 1, 2]);
    expect(sorted(all, "metric", false, 0).map(({ number }) => number)).toEqual([1, 4, 3, 2]);
  });

  const experiment = { id: "digits-abcde", command: "python train.py --lr {lr}", space: [{ name: "lr", range: "log:1e-4..1" }, { name: "unused", range: "1,2" }] } as Experiment;

  it("are run again by a command that a shell reads as it was", () => {
    expect(command(experiment, trial(1, 1, { lr: 0.01, kind: "a b" }))).toBe('ferry run "python train.py --lr {lr}" --param lr=0.01 --param "kind=a b"');
    expect(command({ ...experiment, command: 'echo "$HOME" it\'s' }, trial(1, 1))).toBe("ferry run 'echo \"$HOME\" it'\\''s'");
    expect(command({ ...experiment, command: "search.yaml" }, trial(7, 1))).toBe("ferry rerun digits-abcde/7");
  });

  it("have the parameters that some of them has", () => {
    expect(searched(experiment, [trial(1, 1, { lr: 1, depth: 2 })])).toEqual(["lr", "depth"]);
  });
});

describe("metrics of many runs", () => {
  const part = (id: string, name: string, keys: string[]): Part => ({ id, name, state: "succeeded", started: "", params: {}, tags: {}, keys, metrics: {} });

  it("are told apart by who logged them, those of the system last", () => {
    const found = metrics([part("r", "r", []), part("r_a", "a", ["system/cpu", "loss"]), part("r_b", "b", ["loss"])]);
    expect(found).toEqual([
      { key: "loss", sources: [{ id: "r_a", label: "a" }, { id: "r_b", label: "b" }] },
      { key: "system/cpu", sources: [{ id: "r_a", label: "a" }] },
    ]);
  });

  it("stand in a table that can show only what differs", () => {
    const runs = [
      { id: "a", state: "succeeded", params: { lr: "0.1", seed: "1" }, metrics: { loss: 1 } },
      { id: "b", state: "succeeded", params: { lr: "0.2", seed: "1" }, metrics: {} },
    ];
    expect(compared(runs, true).names.map(({ name }) => name)).toEqual(["lr", "loss"]);
    expect(compared(runs, false).rows[1]!.cells).toEqual(["0.2", "1", undefined]);
  });
});

describe("what an attempt used", () => {
  const samples = { at: [1000, 3000], cpu: [150, 99.5], memory: [1024, 2048] };

  it("is a chart for each thing that was sampled, over the seconds since its start", () => {
    expect(usageCharts({ attempt: 1, cpus: 2, memoryBytes: 8 * 2 ** 30, intervalSeconds: 2, samples: { ...samples, gpu: [0, 80], gpuMemory: [0, 4096] } }, 500)).toEqual([
      { title: "CPU", beside: "100 % is one processor, of 2 here", isBytes: false, curves: [curve("CPU", [0.5, 2.5], [150, 99.5])] },
      { title: "Memory", beside: "of 8.0 GiB here", isBytes: true, curves: [curve("Memory", [0.5, 2.5], [1024, 2048])] },
      { title: "GPU", beside: "how busy, all of its GPUs together", isBytes: false, curves: [curve("GPU", [0.5, 2.5], [0, 80])] },
      { title: "GPU memory", beside: "all of its GPUs together", isBytes: true, curves: [curve("GPU memory", [0.5, 2.5], [0, 4096])] },
    ]);
  });

  it("is no chart where nothing was sampled, and does not say what a cluster's nodes have", () => {
    expect(usageCharts({ attempt: 1, intervalSeconds: 2, samples: { at: [], cpu: [], memory: [] } }, 0)).toEqual([]);
    expect(usageCharts({ attempt: 1, intervalSeconds: 2, samples }, 0).map(({ beside }) => beside)).toEqual(["100 % is one processor", ""]);
  });

  it("is said in words where there is no curve", () => {
    expect(total({ number: 1, state: "succeeded", cpuSeconds: 0.25, peakMemoryBytes: 3 * 2 ** 20 })).toBe("In all it used 0.3 s of processor time and 3.0 MiB of memory at its peak.");
    expect(total({ number: 1, state: "running" })).toBe("");
    expect(percent(99.51)).toBe("99.51 %");
  });
});
