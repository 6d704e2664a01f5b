import type { MockServer } from "../../src/mock/index.js";

/** What a browser does on the mock's sign-in page: it comes back to the redirect URI, with the code of somebody's sign-in. */
export async function approve(
  { fetch }: Pick<MockServer, "fetch">,
  page: string,
  email = "ada@example.com",
): Promise<URL> {
  const url = new URL(page);
  url.searchParams.set("login_hint", email);
  const response = await fetch(url, { redirect: "manual" });
  return new URL(response.headers.get("location") ?? "");
}
