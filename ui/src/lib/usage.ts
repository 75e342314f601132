/** What an attempt used over time, as charts. */

import type { Curve } from "./curves";
import { short } from "./scale";
import type { Attempt, Usage } from "./types";
import { bytes, duration } from "./words";

export interface UsageChart {
  title: string;
  /** What its values are to be held against. */
  beside: string;
  isBytes: boolean;
  curves: Curve[];
}

/** A chart for each thing that was sampled, over the seconds since the attempt started; none where nothing was. */
export function usageCharts(usage: Usage, startedMillis: number): UsageChart[] {
  const { at, cpu, memory, gpu, gpuMemory } = usage.samples;
  const xs = at.map((millis) => (millis - startedMillis) / 1000);
  const chart = (title: string, beside: string, ys: number[] | undefined, isBytes: boolean): UsageChart[] =>
    ys && ys.length > 0 ? [{ title, beside, isBytes, curves: [{ id: title, label: title, xs, ys }] }] : [];
  const machine = usage.cpus === undefined ? "" : `, of ${short(usage.cpus)} here`;
  return [
    ...chart("CPU", `100 % is one processor${machine}`, cpu, false),
    ...chart("Memory", usage.memoryBytes ? `of ${bytes(usage.memoryBytes)} here` : "", memory, true),
    ...chart("GPU", "how busy, all of its GPUs together", gpu, false),
    ...chart("GPU memory", "all of its GPUs together", gpuMemory, true),
  ];
}

export function percent(value: number): string {
  return short(value) + " %";
}

/** What is known of an attempt without samples, as a sentence; nothing where nothing is. */
export function total({ cpuSeconds, peakMemoryBytes }: Attempt): string {
  const parts = [
    ...(cpuSeconds === undefined ? [] : [`${duration(cpuSeconds * 1000)} of processor time`]),
    ...(peakMemoryBytes ? [`${bytes(peakMemoryBytes)} of memory at its peak`] : []),
  ];
  return parts.length ? `In all it used ${parts.join(" and ")}.` : "";
}
