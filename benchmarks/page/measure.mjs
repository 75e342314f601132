// Measures the page in a real Chromium: its first paint over many runs, scrolling through them, and a chart of 100 runs.
//   node measure.mjs CHROMIUM LINK CHART
// CHART names a metric and the runs to draw, as `KEY RUN,RUN,…`. Prints JSON.
import { createRequire } from "node:module";

const require = createRequire(new URL("../../ui/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const [executablePath, link, chart] = process.argv.slice(2);
const args = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const browser = await chromium.launch({ executablePath, args: [...args, "--disable-component-update", "--disable-sync"] });
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
await page.goto(link);
await page.locator("tbody a").first().waitFor();

/** From a fresh load of the page to its first paint, and to the first rows. */
async function paint() {
  await page.reload();
  await page.locator("tbody a").first().waitFor();
  return page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    const [first] = performance.getEntriesByName("first-contentful-paint");
    return { firstPaint: first.startTime, rows: window.rowsAt ?? performance.now() };
  });
}

/** Processor time of the page's own thread, which does not count what else the machine did. */
const devtools = await page.context().newCDPSession(page);
await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
async function worked() {
  const { metrics } = await devtools.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration").value * 1000;
}

/** Every frame while something goes on in the page; `act` runs there. */
async function frames(act, argument) {
  const before = await worked();
  const seen = await page.evaluate(
    async ([act, argument]) => {
      const gaps = [];
      let last = performance.now();
      let over = false;
      const tick = (now) => {
        gaps.push(now - last);
        last = now;
        over || requestAnimationFrame(tick);
      };
      requestAnimationFrame(tick);
      await new Function("argument", `return (async () => { ${act} })()`)(argument);
      over = true;
      gaps.sort((a, b) => a - b);
      const at = (share) => gaps[Math.floor((gaps.length - 1) * share)];
      return { frames: gaps.length, median: at(0.5), most99: at(0.99), most: at(1), over50: gaps.filter((gap) => gap > 50).length };
    },
    [act, argument],
  );
  return { ...seen, workPerFrame: ((await worked()) - before) / seen.frames };
}

const scroll = `
  const box = document.querySelector(".runs");
  for (let step = 0; step < argument.steps; step++) {
    box.scrollTop += argument.by;
    await new Promise(requestAnimationFrame);
  }`;

const paints = [];
for (let round = 0; round < 5; round++) {
  paints.push(await paint());
}
const slowly = await frames(scroll, { steps: 300, by: 60 });
const fast = await frames(scroll, { steps: 300, by: 1500 });
const back = await frames(`document.querySelector(".runs").scrollTop = 0; await new Promise((go) => setTimeout(go, 300));`);
const result = { paints, scroll: { slowly, fast, back } };

if (chart) {
  const [key, runs] = chart.split(" ");
  const began = Date.now();
  await page.evaluate((hash) => (location.hash = hash), `/compare?runs=${runs}`);
  await page.locator(".curves canvas").first().waitFor();
  result.chart = { key, runs: runs.split(",").length, shownAfter: Date.now() - began };
  await page.waitForTimeout(2000);
  const box = await page.locator(".curves canvas").first().boundingBox();
  const hover = frames(`await new Promise((go) => setTimeout(go, 3000));`);
  for (let step = 0; step < 120; step++) {
    await page.mouse.move(box.x + 70 + (step * (box.width - 90)) / 120, box.y + box.height / 2 + 40 * Math.sin(step / 9));
  }
  result.chart.hover = await hover;
  const smooth = `
    const range = document.querySelector("input[type=range]");
    for (let step = 0; step < 40; step++) {
      range.value = String(step / 50);
      range.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise(requestAnimationFrame);
    }`;
  result.chart.smoothing = await frames(smooth);
}
console.log(JSON.stringify(result, null, 1));
await browser.close();
