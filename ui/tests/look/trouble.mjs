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
