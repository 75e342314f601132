/** Where the person looks it is said that the server went away, and how to come in again. */
export async function trouble(eye) {
  const { page, expects, look, goTo } = eye;
  eye.expected.push("401 (Unauthorized)");
  await goTo("/server");
  await expects("The server does not answer");
  await look("gone");
  await goTo("/runs");
  await page.evaluate(() => localStorage.setItem("ferry-session " + location.pathname, "not-a-token"));
  await page.route("**/api/v1/**", (route) =>
    route.fulfill({ status: 401, contentType: "application/json", body: JSON.stringify({ error: { message: "the token is not this server's", help: [] } }) }),
  );
  await expects("Sign in from your terminal");
  await look("signed-out");
}

/** A good link signs in where the page has the token of the server before, also while another tab still asks with that. */
export async function again(eye, address) {
  const { page, troubles } = eye;
  await page.unroute("**/api/v1/**");
  await page.evaluate(() => localStorage.setItem("ferry-session " + location.pathname, "of-the-server-before"));
  const tab = await page.context().newPage();
  await tab.route("**/api/v1/session", async (route) => {
    await new Promise((wake) => setTimeout(wake, 700)); // as long as views need to be refused, if they did not wait
    await route.continue();
  });
  await tab.goto(address);
  await tab
    .getByText("Columns")
    .waitFor({ timeout: 10_000 })
    .catch(async () => troubles.push(`a good link after a restart leads to: ${await tab.locator("main").innerText()}`));
  await page
    .getByText("Columns")
    .waitFor({ timeout: 10_000 })
    .catch(() => troubles.push("a tab that was signed out does not go on when another one has signed in"));
  await tab.close();
}
