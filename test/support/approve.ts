import type { MockServer } from "tenantry/mock";

/** Signs a person in on the mock's sign-in page, as a browser does. Returns the redirect URI with the code. */
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
