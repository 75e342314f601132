// Refuses a package whose licence is not permissive or weak copyleft. package-lock.json says what is used.
import { readFileSync } from "node:fs";

const allowed = new Set(["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD", "MPL-2.0", "BlueOak-1.0.0", "CC0-1.0"]);
const { packages } = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));
const refused = Object.entries(packages)
  .filter(([name, { license }]) => name && !(license ?? "").split(/ (?:AND|OR) |[()]/).filter(Boolean).every((one) => allowed.has(one.trim())))
  .map(([name, { license }]) => `${name}: ${license}`);
refused.forEach((one) => console.error(one));
process.exit(refused.length ? 1 : 0);
