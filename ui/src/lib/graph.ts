import { graphlib, layout } from "@dagrejs/dagre";
import type { GraphStep, State, StepRun } from "./types";

export interface Node {
  step: string;
  /** The step runs of this step: several where it has a `foreach`. */
  runs: StepRun[];
  state: State;
  x: number;
  y: number;
}

export interface Drawing {
  nodes: Node[];
  /** Points of a line from each step to one that waits for it. */
  edges: { x: number; y: number }[][];
  width: number;
  height: number;
}

export const WIDTH = 170;
export const HEIGHT = 46;

/** Where the steps of a workflow stand, left to right in the order in which they wait for each other. */
export function draw(steps: GraphStep[], runs: StepRun[]): Drawing {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 18, ranksep: 50, marginx: 4, marginy: 4 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const step of steps) {
    graph.setNode(step.step, { width: WIDTH, height: HEIGHT });
  }
  const ends = leaves(steps);
  for (const step of steps) {
    for (const before of step.last ? ends : step.after) {
      graph.setEdge(before, step.step);
    }
  }
  layout(graph);
  const nodes = steps.map(({ step }) => {
    const { x, y } = graph.node(step);
    const own = runs.filter((run) => run.step === step);
    return { step, runs: own, state: together(own), x, y };
  });
  const edges = graph.edges().map((edge) => graph.edge(edge).points ?? []);
  const { width = 0, height = 0 } = graph.graph();
  return { nodes, edges, width, height };
}

/** Steps that no other waits for: what comes last waits for these. */
function leaves(steps: GraphStep[]): string[] {
  const needed = new Set(steps.flatMap((step) => step.after));
  return steps.filter((step) => !step.last && !needed.has(step.step)).map((step) => step.step);
}

const WORST: State[] = ["failed", "stopped", "running", "waiting", "succeeded", "skipped"];

/** One state for several step runs: the one that a person has to know of first. */
export function together(runs: StepRun[]): State {
  return WORST.find((state) => runs.some((run) => run.state === state)) ?? "waiting";
}
