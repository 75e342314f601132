// A proxy as notebooks have it: what comes below a prefix goes to the server without it, under the name that was asked for.
//   node tests/proxy.mjs PORT PREFIX TARGET
import { createServer, request } from "node:http";

const [port, prefix, target] = process.argv.slice(2);
const { hostname, port: to } = new URL(target);

createServer((asked, answer) => {
  if (!asked.url.startsWith(prefix)) {
    answer.writeHead(404).end("this is the hub, not the server");
    return;
  }
  const options = { hostname, port: to, path: asked.url.slice(prefix.length - 1), method: asked.method, headers: asked.headers };
  const passed = request(options, (told) => {
    answer.writeHead(told.statusCode, told.headers);
    told.pipe(answer);
  });
  passed.on("error", () => answer.destroy());
  answer.on("close", () => passed.destroy());
  asked.pipe(passed);
}).listen(Number(port), "127.0.0.1", () => console.log("listening"));
