// A real Chromium that looks at the page: takes screenshots, holds each view against axe, and gathers what is wrong.
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const axe = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];

export async function sight(executablePath, address, directory) {
  const args = [...quiet, "--disable-component-update", "--disable-sync"];
  const browser = await chromium.launch({ executablePath, args });
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  const troubles = [];
  const allowed = new URL("./", address).href;
  const expected = [];
  page.on("pageerror", (failure) => troubles.push(`the page threw ${failure.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !expected.some((text) => message.text().includes(text))) {
      troubles.push(`the console says ${message.text()}`);
    }
  });
  page.on("request", (request) => {
    if (!/^(data|blob|about):/.test(request.url()) && !request.url().startsWith(allowed)) {
      troubles.push(`asked for ${request.url()}`);
    }
  });

  return {
    browser,
    page,
    troubles,
    /** Words of the console that a test brings about on purpose. */
    expected,

    /** A screenshot, and what axe finds in that view. */
    async look(name) {
      await page.screenshot({ path: `${directory}/${name}.png`, fullPage: true });
      const found = await page.evaluate(
        `${axe}; axe.run().then((result) => result.violations.map((one) => one.id + " at " + one.nodes[0].target.join(" ")))`,
      );
      troubles.push(...found.map((one) => `${name}: axe finds ${one}`));
    },

    async expects(text) {
      const seen = page.getByText(text, { exact: false }).first();
      await seen.waitFor({ timeout: 20_000 }).catch(() => troubles.push(`nothing says "${text}" at ${page.url()}`));
    },

    async shape(shape, scheme = "light") {
      await page.setViewportSize(shape === "phone" ? { width: 390, height: 800 } : { width: 1280, height: 900 });
      await page.emulateMedia({ colorScheme: scheme });
    },

    /** Whether a phone would have to scroll sideways to read the page. */
    async fits(name) {
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (over > 0) {
        troubles.push(`${name}: the page is ${over} pixels wider than the screen`);
      }
    },

    async goTo(view) {
      await page.evaluate((hash) => (location.hash = hash), view);
    },
  };
}
