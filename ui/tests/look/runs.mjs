/** The list of runs, one run with its charts and files, and several beside each other. */
export async function runs(eye, run) {
  const { page, look, expects, shape, goTo, fits } = eye;
  await goTo("/runs");
  await page.getByRole("cell", { name: "succeeded", exact: true }).first().waitFor();
  await chooseColumns(page);
  await expects("0.9");
  await page.getByRole("button", { name: `Star ${run}` }).click();
  await page.getByRole("button", { name: "★ Starred" }).click();
  await page.waitForFunction(() => document.querySelectorAll("tbody a").length === 1);
  await page.getByRole("button", { name: "★ Starred" }).click();
  await page.getByRole("columnheader", { name: "accuracy" }).getByRole("button").click();
  await expects("runs that never logged it are not shown");
  await page.waitForFunction(() => document.querySelectorAll("tbody a").length >= 2);
  await look("runs");
  await sortedByParameter(eye);
  await nowhere(eye);
  await goTo("/runs");
  eye.expected.push("400 (Bad Request)");
  await page.getByPlaceholder("metrics.accuracy > 0.9").fill("metrics.accuracy >");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").waitFor();
  await page.getByPlaceholder("metrics.accuracy > 0.9").fill("");
  await page.keyboard.press("Enter");
  await shape("desk", "dark");
  await look("runs-dark");
  await shape("phone");
  await look("runs-phone");
  await fits("runs-phone");
  const { width } = await page.locator("tbody a").first().boundingBox();
  if (width < 60) {
    eye.troubles.push(`runs-phone: a run's name has ${width} pixels`);
  }
  await shape("desk");

  await goTo(`/run/${run}`);
  await expects("exit status 3");
  await expects("Graph");
  await expects("From TensorBoard's event files");
  await look("run");
  await shape("desk", "dark");
  await look("run-dark");
  await shape("desk");
  await usage(eye);
  await log(eye);
  await files(eye);
  await shape("phone");
  await look("run-phone");
  await fits("run-phone");
  await shape("desk");
  await page.getByRole("button", { name: "Retry what failed" }).click();
  await expects("attempt 2");
  await compare(eye);
}

/** A parameter is a column that sorts like any other, and trials come where they are asked for. */
async function sortedByParameter({ page, expects, troubles }) {
  await page.getByText("Columns").click();
  await page.getByLabel("params.lr").check();
  await page.getByText("Columns").click();
  await page.getByRole("columnheader", { name: "lr" }).getByRole("button").click();
  await expects("Sorted by lr: runs without it are not shown");
  const first = page.locator("tbody tr:not(.gap)").first();
  await first
    .filter({ hasText: "0.03" })
    .waitFor({ timeout: 10_000 })
    .catch(async () => troubles.push(`sorted by lr, the first run is ${await first.innerText()}`));
  const rows = await page.locator("tbody a").count();
  if (rows !== 2) {
    troubles.push(`sorted by lr, ${rows} runs are there and not the two that have it`);
  }
  await page.getByRole("button", { name: "Trials too" }).click();
  await page.waitForFunction(() => document.querySelectorAll("tbody a").length > 2);
}

async function chooseColumns(page) {
  await page.getByText("Columns").click();
  await page.getByLabel("metrics.accuracy").check();
  await page.getByText("Columns").click();
}

async function log({ page, expects, troubles }) {
  await page.getByRole("button", { name: "train[tanh]" }).first().click();
  await expects("epoch 30 tanh");
  const coloured = (element) => getComputedStyle(element).color !== getComputedStyle(element.parentElement).color;
  if (!(await page.locator(".log pre span").first().evaluate(coloured))) {
    troubles.push("what a log prints in green is not green");
  }
  await page.getByPlaceholder("Search", { exact: true }).fill("epoch 17 ");
  await page.keyboard.press("Enter");
  await expects("1 lines");
}

/** What a step used is drawn where it was sampled, and said where it was too short for that. */
async function usage({ page, expects, look, shape, fits, troubles }) {
  await page.getByRole("button", { name: "prepare" }).first().click();
  await expects("What prepare used");
  await expects("it ended before the first sample");
  await page.getByRole("button", { name: "load", exact: true }).first().click();
  await expects("What load used");
  for (const [chart, unit] of [["CPU of load", "%"], ["Memory of load", "MiB"], ["GPU of load", "%"], ["GPU memory of load", "GiB"]]) {
    const label = await page.getByRole("img", { name: new RegExp(`^${chart}:`) }).getAttribute("aria-label");
    if (!label.includes(`from `) || !label.endsWith(unit)) {
      troubles.push(`a chart is called ${label}`);
    }
  }
  for (const [name, kind, scheme] of [["run-usage", "desk", "light"], ["run-usage-dark", "desk", "dark"], ["run-usage-phone", "phone", "dark"]]) {
    await shape(kind, scheme);
    await look(name);
    await fits(name);
  }
  await shape("desk");
}

/** A page among the files is shown, and cannot do anything. */
async function files(eye) {
  const { page, expects, look, troubles } = eye;
  eye.expected.push("Blocked script execution", "script-src", "sandboxed", "Content Security Policy");
  await page.getByRole("button", { name: "outputs/" }).click();
  await page.getByRole("button", { name: "report.html" }).click();
  const frame = page.frameLocator("iframe");
  await frame.getByText("A report").waitFor();
  await page.waitForTimeout(300);
  const done = await page.evaluate(() => [document.title.includes("taken"), localStorage.getItem("taken"), window.taken]);
  if (done.some(Boolean)) {
    troubles.push(`a page among the files ran its script: ${done}`);
  }
  await expects("report.html");
  await look("run-files");
}

async function compare({ page, expects, look, shape, goTo }) {
  await goTo("/runs");
  await page.getByRole("checkbox", { name: /^Compare page-/ }).first().waitFor();
  for (const box of (await page.getByRole("checkbox", { name: /^Compare page-/ }).all()).slice(0, 2)) {
    await box.check();
  }
  await page.getByRole("link", { name: "Compare 2" }).click();
  await expects("2 runs beside each other");
  await expects("What differs");
  await look("compare");
  await shape("desk", "dark");
  await look("compare-dark");
  await shape("desk");
}

/** What is not there is said, and nothing else is. */
async function nowhere(eye) {
  const { expects, goTo } = eye;
  await goTo("/runs?sort=metrics.a.b.c");
  await expects("No run that is asked for has a.b.c");
  await goTo("/runs?state=stopped");
  await expects("Runs of trials are left out");
  await goTo("/bogus");
  await expects("There is no such view");
  eye.expected.push("404 (Not Found)");
  await goTo("/run/%zz");
  await expects("there is no run `%zz`");
}
