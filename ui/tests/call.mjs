/** Asks the server as the page does, with the page's token; a text is sent as it is. */
export async function call(page, method, path, body) {
  return page.evaluate(
    async ([method, path, body]) => {
      const type = typeof body === "string" ? "text/plain" : "application/json";
      const headers = { Authorization: "Bearer " + localStorage.getItem("ferry-session " + location.pathname), "Content-Type": type };
      const sent = body && { body: typeof body === "string" ? body : JSON.stringify(body) };
      const answer = await fetch(path, { method, headers, ...sent });
      if (!answer.ok) {
        throw new Error(`${method} ${path}: ${await answer.text()}`);
      }
      return answer.json();
    },
    [method, path, body],
  );
}
