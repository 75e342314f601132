import { call } from "../call.mjs";

/** Runs that a script logs with MLflow's client: the list, one of them by the link that the client prints, beside others. */
export async function tracked(eye, run) {
  const { page, look, expects, shape, goTo, fits, troubles } = eye;
  const { group, parent, odd } = await logged(page);
  await goTo(`/experiments/${group}/runs/${parent}`);
  await page.getByRole("heading", { name: "gifted-owl" }).waitFor();
  for (const text of ["Opened within it", "learning rate", "0.125", "vision", "ada"]) {
    await expects(text);
  }
  await page.getByRole("img", { name: /^val loss:/ }).waitFor();
  await page.getByRole("button", { name: "notes.txt" }).click();
  await expects("what was tried");
  await look("tracked-run");
  await shape("phone", "dark");
  await look("tracked-run-phone");
  await fits("tracked-run-phone");
  await shape("desk");
  await page.getByRole("link", { name: "Compare them" }).waitFor({ state: "detached" });
  await page.getByRole("link", { name: "kind-hare" }).click();
  await expects("It was opened within");

  await goTo(`/run/${odd}`);
  await expects("2 of 4 points are not numbers (NaN), from step 2 on");
  await expects("its only point is not a number (Infinity)");
  await look("tracked-odd");

  await goTo(`/experiments/${group}`);
  await page.getByRole("link", { name: "gifted-owl" }).waitFor();
  await page.getByPlaceholder("metrics.accuracy > 0.9").fill("metrics.`val loss` < 0.3");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 1);
  await page.getByPlaceholder("metrics.accuracy > 0.9").fill("");
  await page.keyboard.press("Enter");
  await page.getByRole("columnheader", { name: "val loss" }).getByRole("button").click();
  await expects("▼");
  await goTo("/tracked");
  await page.getByRole("link", { name: "calm-seal" }).first().waitFor();
  const listed = await page.locator("tbody tr").count();
  if (listed !== 5) {
    troubles.push(`${listed} runs are tracked and not the five that scripts opened`);
  }
  await page.getByRole("button", { name: "Ferry's runs too" }).click();
  await page.getByRole("checkbox", { name: new RegExp(` ${run}$`) }).check();
  await page.getByRole("checkbox", { name: `Compare gifted-owl ${parent}` }).check();
  await look("tracked");
  await shape("phone", "dark");
  await fits("tracked-phone");
  await shape("desk");
  await page.getByRole("link", { name: "Compare 2" }).click();
  await expects("2 runs beside each other");
  await expects(`gifted-owl ${parent.slice(0, 8)}`);
  await expects("learning rate");
  if (await page.getByRole("alert").count()) {
    troubles.push(`beside each other: ${await page.getByRole("alert").first().innerText()}`);
  }
  await look("tracked-compare");

  await goTo(`/run/${run}`);
  await expects("Logged by its scripts");
  await page.getByRole("link", { name: "calm-seal" }).click();
  await expects("It belongs to the step inner");
  await expects("momentum");
}

/** What MLflow's client would send. */
async function logged(page) {
  const ask = (path, body) => call(page, "POST", `api/2.0/mlflow/${path}`, body);
  const { experiment_id: group } = await ask("experiments/create", { name: "by hand" });
  const open = async (run_name, tags = {}, experiment_id = group) => {
    const pairs = Object.entries(tags).map(([key, value]) => ({ key, value }));
    return (await ask("runs/create", { experiment_id, run_name, user_id: "ada", start_time: Date.now(), tags: pairs })).run.info.run_id;
  };
  const end = (run_id) => ask("runs/update", { run_id, status: "FINISHED", end_time: Date.now() });
  const points = (key, values) => values.map((value, step) => ({ key, value, step, timestamp: 1.76e12 + step }));
  const parent = await open("gifted-owl", { team: "vision" });
  const metrics = points("val loss", [0.9, 0.5, 0.25]);
  await ask("runs/log-batch", { run_id: parent, metrics, params: [{ key: "learning rate", value: "0.125" }] });
  await call(page, "PUT", `api/2.0/mlflow-artifacts/artifacts/${group}/${parent}/artifacts/notes.txt`, "what was tried");
  const child = await open("kind-hare", { "mlflow.parentRunId": parent });
  await ask("runs/log-batch", { run_id: child, metrics: points("val loss", [0.7]) });
  const odd = await open("odd-newt");
  await ask("runs/log-batch", { run_id: odd, metrics: [...points("val loss", [1, 2, "NaN", "NaN"]), ...points("ratio", ["Infinity"])] });
  await Promise.all([parent, child, odd].map(end));
  return { group, parent, odd };
}
