import { describe, expect, it } from "vitest";
import type { Part } from "../src/lib/types";

const kept = { getItem: () => null };
Object.assign(globalThis, { location: { pathname: "/" }, localStorage: kept });
const { columns, logged, search, tracked } = await import("../src/lib/tracked");

const part = (id: string, name: string, more: Partial<Part> = {}): Part => ({ id, name, state: "succeeded", started: "", params: {}, tags: {}, keys: [], metrics: {}, ...more });

describe("a run in MLflow's words", () => {
  it("is a tracked run with its parent, its newest metrics and its data", () => {
    const info = { run_id: "c638", run_name: "gifted-owl", experiment_id: "17", user_id: "ada", status: "FINISHED", start_time: 0, end_time: 1000, lifecycle_stage: "active" };
    const data = { metrics: [{ key: "loss", value: "NaN" }], params: [{ key: "lr", value: "0.1" }], tags: [{ key: "mlflow.parentRunId", value: "a" }] };
    expect(tracked({ info, data, inputs: { dataset_inputs: [{ dataset: { name: "iris", digest: "ab" } }] } })).toEqual({
      id: "c638",
      name: "gifted-owl",
      group: "17",
      user: "ada",
      state: "succeeded",
      deleted: false,
      started: "1970-01-01T00:00:00.000Z",
      ended: "1970-01-01T00:00:01.000Z",
      parent: "a",
      params: { lr: "0.1" },
      tags: { "mlflow.parentRunId": "a" },
      keys: ["loss"],
      metrics: { loss: "NaN" },
      data: [{ name: "iris", digest: "ab" }],
    });
  });
});

describe("a search of tracked runs", () => {
  const wish = { groups: ["17"], where: "metrics.a > 1", own: false, sort: "", rising: false };

  it("leaves out what Ferry started itself, unless that is asked for", () => {
    expect(search(wish, 100).filter).toBe("metrics.a > 1 AND tags.`ferry.workflow` IS NULL");
    expect(search({ ...wish, own: true, where: "" }, 100)).toEqual({ experiment_ids: ["17"], filter: "", max_results: 100 });
  });

  it("sorts by names of any letters", () => {
    expect(search({ ...wish, sort: "metrics.val/loss 2" }, 100, "next")).toMatchObject({ order_by: ["metrics.`val/loss 2` DESC"], page_token: "next" });
    expect(search({ ...wish, sort: "attributes.start_time", rising: true }, 100)).toMatchObject({ order_by: ["attributes.`start_time` ASC"] });
  });
});

describe("columns of tracked runs", () => {
  it("are what most of them have", () => {
    const runs = [part("a", "", { metrics: { loss: 1 }, params: { lr: "1", seed: "2" } }), part("b", "", { metrics: { loss: 2 }, params: { lr: "2" } })];
    expect(columns(runs, 2)).toEqual(["metrics.loss", "params.lr"]);
  });
});

describe("what scripts logged in a run", () => {
  it("is what they opened, and what steps say beyond the run's own parameters", () => {
    const parts = [
      part("w-x7k2p", "w-x7k2p", { params: { epochs: "20" } }),
      part("w-x7k2p_train", "train", { parent: "w-x7k2p", params: { epochs: "20", lr: "0.1" } }),
      part("w-x7k2p_report", "report", { parent: "w-x7k2p", params: { epochs: "20" } }),
      part("c638", "gifted-owl", { parent: "w-x7k2p_train", params: { depth: "3" } }),
    ];
    expect(logged("w-x7k2p", { epochs: "20" }, parts).map(({ part: { name }, step, params }) => ({ name, step, params }))).toEqual([
      { name: "train", step: "", params: [["lr", "0.1"]] },
      { name: "gifted-owl", step: "train", params: [["depth", "3"]] },
    ]);
  });
});
