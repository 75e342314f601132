// Opens the page in a real Chromium: signs in, looks at each view in light and dark and on a phone, holds it against
// axe, and clicks what a person would. Screenshots go to the directory named.
//   node tests/browser.mjs CHROMIUM LINK DIRECTORY
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const [executablePath, address, directory] = process.argv.slice(2);
const axe = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const browser = await chromium.launch({ executablePath, args: [...args, "--disable-component-update", "--disable-sync"] });
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
const troubles = [];
page.on("pageerror", (failure) => troubles.push(`the page threw ${failure.message}`));
page.on("console", (message) => message.type() === "error" && troubles.push(`the console says ${message.text()}`));
page.on("request", (request) => new URL(request.url()).origin !== new URL(address).origin && troubles.push(`asked for ${request.url()}`));

async function look(name) {
  await page.screenshot({ path: `${directory}/${name}.png`, fullPage: true });
  const found = await page.evaluate(`${axe}; axe.run().then((result) => result.violations.map((one) => one.id + " at " + one.nodes[0].target.join(" ")))`);
  troubles.push(...found.map((one) => `${name}: axe finds ${one}`));
}

async function expects(text) {
  await page.getByText(text, { exact: false }).first().waitFor({ timeout: 15_000 }).catch(() => troubles.push(`nothing says "${text}" at ${page.url()}`));
}

await page.goto(address);
await expects("Nothing has run yet");
await look("empty");
await page.reload();
await expects("Nothing has run yet");

console.log("signed in");
await new Promise((go) => process.stdin.once("data", go));
await page.getByRole("cell", { name: "succeeded", exact: true }).first().waitFor();
await look("runs");
await page.emulateMedia({ colorScheme: "dark" });
await look("runs-dark");
await page.getByRole("link", { name: /^page-/ }).first().click();
await expects("exit status 3");
await expects("Graph");
await look("run-dark");
await page.emulateMedia({ colorScheme: "light" });
await page.getByRole("button", { name: "train[tanh]" }).click();
await expects("epoch 300 tanh");
await page.getByRole("searchbox").fill("epoch 17 ");
await page.keyboard.press("Enter");
await expects("1 lines");
await look("run");
await page.setViewportSize({ width: 390, height: 800 });
await look("run-phone");
await page.setViewportSize({ width: 1280, height: 900 });
await page.getByRole("button", { name: "Retry what failed" }).click();
await expects("attempt 2");
for (const view of ["Schedules", "Server"]) {
  await page.getByRole("link", { name: view, exact: true }).click();
  await expects(view === "Server" ? "Room for steps" : "Nothing starts by itself yet");
  await look(view.toLowerCase());
}
await browser.close();

const stranger = await fetch(new URL("api/v1/runs", address));
if (stranger.status !== 401) {
  troubles.push(`a stranger is answered ${stranger.status}`);
}
troubles.forEach((one) => console.error(one));
process.exit(troubles.length ? 1 : 0);
