// Opens the page in a real Chromium: signs in, looks at each view in light and dark and on a phone, holds it against
// axe, and does what a person would. Screenshots go to the directory named.
//   node tests/browser.mjs CHROMIUM LINK DIRECTORY HOME
// Says "signed in" and waits for a line on its input: an experiment has run. Then it says "only trials" and waits for
// the line "RUN EXPERIMENT", which names what was run meanwhile.
import { createInterface } from "node:readline";
import { experiments } from "./look/experiments.mjs";
import { models } from "./look/models.mjs";
import { proxied } from "./look/proxied.mjs";
import { runs } from "./look/runs.mjs";
import { tracked } from "./look/tracked.mjs";
import { again, trouble } from "./look/trouble.mjs";
import { sight } from "./sight.mjs";

const [executable, address, directory] = process.argv.slice(2);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const line = async () => (await lines.next()).value.trim();
const eye = await sight(executable, address, directory);

await eye.page.goto(address);
await eye.expects("Nothing has run yet");
await eye.look("empty");
await eye.page.reload();
for (const [view, text] of [
  ["experiments", "Nothing was searched yet"],
  ["tracked", "No script has logged a run yet"],
  ["models", "No model is registered yet"],
  ["schedules", "Nothing starts by itself yet"],
  ["compare", "No run is picked"],
  ["runs", "Nothing has run yet"],
]) {
  await eye.goTo(`/${view}`);
  await eye.expects(text);
  await eye.look(`empty-${view}`);
}

console.log("signed in");
await line();
await eye.goTo("/runs");
await eye.expects("Only trials of experiments have run so far");
await eye.look("only-trials");
console.log("only trials");
const [run, experiment] = (await line()).split(" ");
await experiments(eye, experiment);
await runs(eye, run);
await tracked(eye, run);
await models(eye, run);
await eye.goTo("/server");
await eye.expects("Room for steps");
await eye.look("server");
console.log("proxy");
await proxied(eye, executable, await line(), directory, run);
// From the word on, the page may find nobody at any moment.
eye.expected.push("ERR_CONNECTION_REFUSED", "Failed to fetch", "ERR_");
console.log("stop");
await line();
await trouble(eye);
console.log("again");
await again(eye, await line());
await eye.browser.close();

const stranger = await fetch(new URL("api/v1/runs", address)).then(
  ({ status }) => status,
  () => 401, // it has ended
);
if (stranger !== 401) {
  eye.troubles.push(`a stranger is answered ${stranger}`);
}
eye.troubles.forEach((one) => console.error(one));
process.exit(eye.troubles.length ? 1 : 0);
