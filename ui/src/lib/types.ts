/** What the server tells, as its API describes it (openapi.json). */

export type State = "waiting" | "running" | "succeeded" | "failed" | "stopped" | "skipped";

export interface RunSummary {
  id: string;
  workflow: string;
  backend: string;
  state: State;
  submitted: string;
  ended?: string;
  user: string;
  command: string;
  steps: number;
  done: number;
}

export interface Attempt {
  number: number;
  state: string;
  started?: string;
  ended?: string;
  exitCode?: number;
  reason?: string;
  cpuSeconds?: number;
  peakMemoryBytes?: number;
}

export interface StepRun {
  index: number;
  name: string;
  step: string;
  state: State;
  reason?: string;
  cached: boolean;
  command: string;
  tail?: string[];
  attempts: Attempt[];
}

/** A step as the workflow has it, and the steps that it waits for. */
export interface GraphStep {
  step: string;
  after: string[];
  last: boolean;
}

export interface Run extends Omit<RunSummary, "steps"> {
  kind: string;
  text?: string;
  file?: string;
  parent?: string;
  directory: string;
  host: string;
  reason?: string;
  params: Record<string, string>;
  code: { snapshot?: string; commit?: string; dirty?: boolean; note?: string };
  environment: string[];
  warnings: string[];
  graph?: GraphStep[];
  steps: StepRun[];
}

export interface Schedule {
  name: string;
  cron: string;
  timezone: string;
  next?: string;
  paused: boolean;
  lastRun?: string;
  lastFired?: string;
  problem?: string;
  file?: string;
  directory?: string;
}

export interface ServerFacts {
  version: string;
  build: string;
  pid: number;
  home: string;
  url: string;
  started: string;
  capacity: { cpu: number; memoryBytes: number; gpus: number };
  running: number;
  waiting: number;
  memoryBytes: number;
}

export interface Trial {
  number: number;
  run: string;
  state: "waiting" | "running" | "paused" | "succeeded" | "failed" | "stopped" | "invalid";
  params: Record<string, string | number | boolean | null>;
  metric?: number;
  length: number;
  reports: number;
  created: string;
  ended?: string;
  reason: string;
}

export interface ExperimentSummary {
  id: string;
  workflow: string;
  state: "running" | "paused" | "succeeded" | "failed" | "stopped";
  reason: string;
  notes?: string[];
  metric: string;
  goal: "minimize" | "maximize";
  method: string;
  planned: number;
  trials: Partial<Record<Trial["state"], number>>;
  submitted: string;
  ended?: string;
  progress: number;
  best?: Trial;
}

export interface Experiment extends ExperimentSummary {
  backend: string;
  command: string;
  directory: string;
  user: string;
  host: string;
  space: { name: string; range: string }[];
  seed: number;
  parallel: number;
  length?: number;
  target?: number;
}

export interface ModelSummary {
  name: string;
  description: string;
  versions: number;
  latest?: number;
  created: string;
  updated: string;
  aliases: Record<string, number>;
}

export interface ModelVersion {
  number: number;
  stage: string;
  description: string;
  user: string;
  created: string;
  source: string;
  trackedRun?: string;
  run?: string;
  commit?: string;
  data: string[];
  tags: Record<string, string>;
  aliases: string[];
  metrics: Record<string, number>;
}

export interface Model extends ModelSummary {
  tags: Record<string, string>;
  list: ModelVersion[];
  events: { version?: number; at: string; who: string; what: string; details: Record<string, string> }[];
}

/** A tracked run: a run of Ferry, a step of one, or what a script opened in one. */
export interface Part {
  id: string;
  name: string;
  state: string;
  parent?: string;
  started: string;
  ended?: string;
  params: Record<string, string>;
  tags: Record<string, string>;
  keys: string[];
  metrics: Record<string, number | string>;
}

/** What an attempt used over time; the columns of `samples` have one length. */
export interface Usage {
  attempt: number;
  cpus?: number;
  memoryBytes?: number;
  intervalSeconds: number;
  samples: { at: number[]; cpu: number[]; memory: number[]; gpu?: number[]; gpuMemory?: number[] };
  note?: string;
}
