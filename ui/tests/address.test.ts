import { describe, expect, it } from "vitest";
import { isTracked, link, parse } from "../src/lib/address";

function place(hash: string): [string, string, string] {
  const { view, id, query } = parse(hash);
  return [view, id, query.toString()];
}

describe("an address", () => {
  it("has a view, a thing and choices", () => {
    expect(place("#/run/digits-x7k2p?step=train%5Brelu%5D")).toEqual(["run", "digits-x7k2p", "step=train%5Brelu%5D"]);
    expect(place("")).toEqual(["runs", "", ""]);
  });

  it("stays as it was typed where it is not encoded as addresses are", () => {
    expect(place("#/run/%zz")).toEqual(["run", "%zz", ""]);
    expect(place("#/model/%E2%82")).toEqual(["model", "%E2%82", ""]);
  });

  it("comes back from a link whatever the name is", () => {
    expect(place(link("model", "ü/50% x"))).toEqual(["model", "ü/50% x", ""]);
  });

  it("may be one that MLflow's client prints", () => {
    expect(place("#/experiments/17/runs/c638961f66f74e9fb42abeb35fb5cdf3")).toEqual(["run", "c638961f66f74e9fb42abeb35fb5cdf3", ""]);
    expect(place("#/experiments/17")).toEqual(["tracked", "", "experiment=17"]);
    expect(place("#/models/digits/versions/3")).toEqual(["model", "digits", ""]);
    expect(place("#/experiments")).toEqual(["experiments", "", ""]);
  });
});

describe("a run's name", () => {
  it("tells whether a script opened it or Ferry did", () => {
    expect(["c638961f66f74e9fb42abeb35fb5cdf3", "digits-x7k2p_train"].map(isTracked)).toEqual([true, true]);
    expect(["digits-x7k2p", "c638961f66f74e9fb42a-x7k2p"].map(isTracked)).toEqual([false, false]);
  });
});
