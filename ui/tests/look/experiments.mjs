/** Experiments: the list, one while it goes on and at its end, with the pointer and with the keyboard. */
export async function experiments(eye, experiment) {
  const { page, look, expects, shape, goTo, fits, troubles } = eye;
  await goTo("/experiments");
  await page.getByRole("link", { name: experiment }).waitFor();
  await look("experiments");
  await page.getByRole("link", { name: experiment }).click();
  await page.getByRole("button", { name: "Pause" }).click();
  await expects("paused");
  await page.getByRole("button", { name: "Continue" }).click();
  await expects("all 24 trials are done");
  await expects("Best trial");
  await expects("How much each parameter mattered");
  await page.getByText("permutation importance").waitFor();
  await look("experiment");
  await brush(page, troubles);
  await look("experiment-brushed");
  await page.getByRole("button", { name: "Show all" }).click();
  await page.getByRole("button", { name: "Show trial 3 in the charts" }).click();
  await expects("Chosen trial");
  await page.reload();
  await expects("Chosen trial");
  await shape("desk", "dark");
  await look("experiment-dark");
  await shape("phone");
  await look("experiment-phone");
  await fits("experiment-phone");
  await shape("desk");
}

/** The arrow keys mark a stretch of an axis, and the table follows. */
async function brush(page, troubles) {
  const axis = page.getByRole("slider", { name: "Only trials with this lr" });
  await axis.focus();
  await page.keyboard.press("ArrowUp");
  await page.getByText(/of 24 trials pass/).waitFor();
  const few = await page.getByRole("button", { name: /^Show trial/ }).count();
  await page.keyboard.press("Escape");
  await page.getByText("Drag along an axis").waitFor();
  const all = await page.getByRole("button", { name: /^Show trial/ }).count();
  if (few >= all) {
    troubles.push(`a stretch of an axis left ${few} of ${all} trials in the table`);
  }
  await page.keyboard.press("ArrowDown");
}
