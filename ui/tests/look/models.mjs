import { call } from "../call.mjs";

/** Models: made as MLflow's clients make them, then promoted from the page. */
export async function models(eye, run) {
  const { page, look, expects, shape, goTo, fits } = eye;
  const parts = (await call(page, "GET", `api/v1/runs/${run}/tracked`)).parts.filter(({ name }) => name.startsWith("train"));
  await call(page, "POST", "api/2.0/mlflow/registered-models/create", { name: "digits", description: "Reads handwritten digits." });
  for (const { id, name } of parts) {
    const version = { name: "digits", source: `mlflow-artifacts:/1/${id}/artifacts/model`, run_id: id, description: name };
    await call(page, "POST", "api/2.0/mlflow/model-versions/create", version);
  }
  await goTo("/models");
  await page.getByRole("link", { name: "digits" }).click();
  await expects("Version 2");
  await page.getByRole("button", { name: "Promote …" }).last().click();
  await page.getByRole("textbox", { name: /^Why/ }).fill("the first");
  await page.getByRole("button", { name: "Promote version 1" }).click();
  await expects("why: the first");
  await page.getByRole("button", { name: "Promote …" }).first().click();
  await page.getByRole("combobox", { name: /^Only if/ }).fill("accuracy > 2 * champion.accuracy +");
  eye.expected.push("400 (Bad Request)", "409 (Conflict)");
  await page.getByRole("button", { name: "Promote version 2" }).click();
  await page.getByRole("alert").waitFor();
  await page.getByRole("combobox", { name: /^Only if/ }).fill("accuracy > 0.99");
  await page.getByRole("button", { name: "Promote version 2" }).click();
  await expects("its rule does not hold");
  await look("model");
  await shape("phone", "dark");
  await look("model-phone");
  await fits("model-phone");
  await shape("desk");
  await page.getByRole("link", { name: "Models", exact: true }).first().click();
  await expects("champion");
  await look("models");
}
