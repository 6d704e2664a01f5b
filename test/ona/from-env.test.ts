import { InvalidArgumentError, OnaClient, type OnaClientOptions } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { describe, expect, it, vi } from "vitest";

const production = "https://app.ona.com/api/gitpod.v1.AccountService/GetAccount";

/** Returns the URL that a client with these variables calls, and the token that it sends. */
async function requestOf(variables: Record<string, string>, options: OnaClientOptions = {}) {
  for (const name of ["ONA_API_KEY", "GITPOD_API_KEY", "ONA_BASE_URL", "GITPOD_BASE_URL"])
    vi.stubEnv(name, variables[name] ?? "");
  let sent: { url: string; token: string | null } | undefined;
  const fetch: typeof globalThis.fetch = async (url, init) => {
    sent = { url: String(url), token: new Headers(init?.headers).get("authorization") };
    return createMockServer().fetch(url, init);
  };
  await OnaClient.fromEnv({ ...options, fetch })
    .accounts.get()
    .catch(() => {});
  return sent;
}

describe("OnaClient.fromEnv()", () => {
  it("uses ONA_API_KEY before GITPOD_API_KEY, and calls production by default", async () => {
    const both = { ONA_API_KEY: "ona", GITPOD_API_KEY: "gitpod" };
    expect(await requestOf(both)).toEqual({ url: production, token: "Bearer ona" });
    expect(await requestOf({ GITPOD_API_KEY: "gitpod" })).toEqual({
      url: production,
      token: "Bearer gitpod",
    });
  });

  it("uses ONA_BASE_URL as the base URL", async () => {
    const variables = { ONA_API_KEY: "ona", ONA_BASE_URL: "https://ona.example.com/" };
    expect((await requestOf(variables))?.url).toBe(
      "https://ona.example.com/gitpod.v1.AccountService/GetAccount",
    );
  });

  it("uses its options before the environment variables", async () => {
    const variables = { ONA_API_KEY: "ona", ONA_BASE_URL: "https://ona.example.com" };
    expect(await requestOf(variables, { auth: "mine", baseUrl: "https://mine.example.com" })).toEqual({
      url: "https://mine.example.com/gitpod.v1.AccountService/GetAccount",
      token: "Bearer mine",
    });
  });

  it("throws an error that names the variables if there is no token or no environment", async () => {
    await expect(requestOf({})).rejects.toThrow(InvalidArgumentError);
    await expect(requestOf({})).rejects.toThrow("set ONA_API_KEY or GITPOD_API_KEY");
    vi.stubGlobal("process", undefined);
    expect(() => OnaClient.fromEnv()).toThrow("set ONA_API_KEY or GITPOD_API_KEY");
    expect(OnaClient.fromEnv({ auth: "mine" })).toBeInstanceOf(OnaClient);
  });

  it("keeps options that it inherits from a class", async () => {
    const sent: (string | null)[] = [];
    class Config implements OnaClientOptions {
      get auth() {
        return "mine";
      }
      async fetch(_url: string | URL | Request, init?: RequestInit) {
        sent.push(new Headers(init?.headers).get("authorization"));
        return Response.json({ account: {} });
      }
    }
    await OnaClient.fromEnv(new Config())
      .accounts.get()
      .catch(() => {});
    expect(sent).toEqual(["Bearer mine"]);
  });
});
