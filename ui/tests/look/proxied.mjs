import { sight } from "../sight.mjs";

/** Everything works below a notebook's proxy, and nothing is asked for beside it. */
export async function proxied(eye, executable, address, directory, run) {
  const other = await sight(executable, address, directory);
  const { page, expects, look, goTo } = other;
  await page.goto(address);
  await page.getByRole("link", { name: run }).waitFor();
  await page.getByRole("link", { name: run }).click();
  await expects("Metrics");
  await expects("Log of");
  await look("proxied");
  for (const [view, text] of [["experiments", "trials"], ["models", "digits"], ["schedules", "Schedules"], ["server", "Room for steps"]]) {
    await goTo(`/${view}`);
    await expects(text);
  }
  if (new URL(page.url()).search) {
    other.troubles.push(`the address keeps the code: ${page.url()}`);
  }
  eye.troubles.push(...other.troubles.map((one) => `behind the proxy: ${one}`));
  await other.browser.close();
}
