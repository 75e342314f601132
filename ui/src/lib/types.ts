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
