import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { describe, expect, it } from "vitest";
import { started, tenantry } from "./child-command.js";

async function call(url: string, method: string, token: string): Promise<unknown> {
  const response = await fetch(`${url}/mgmt.v1alpha1.UserAccountService/${method}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: "{}",
  });
  return response.json();
}

async function withFile<T>(content: string, use: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "tenantry-"));
  try {
    const file = join(folder, "seed.json");
    await writeFile(file, content);
    return await use(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe("tenantry mock", () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "prints a URL and a token that work, and ends cleanly on %s",
    async (signal) => {
      const run = await tenantry("mock", "--port", "0");
      const { url, token } = await started(run);
      expect(await call(url, "GetUser", token)).toEqual({ userId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
      run.child.kill(signal);
      expect(await run.exit).toBe(0);
      expect(run.err()).toBe("");
    },
  );

  it("starts with the state of a seed file", async () => {
    const seed = {
      vydon: {
        users: [{ email: "grace@example.com", token: "grace" }],
        accounts: [{ name: "acme", members: [{ email: "grace@example.com" }] }],
      },
    };
    await withFile(JSON.stringify(seed), async (file) => {
      const run = await tenantry("mock", "--port=0", "--seed", file, "--no-cloud", "--no-rbac");
      const { url, token } = await started(run);
      expect(run.out()).toContain("self-hosted, RBAC off");
      expect(run.out()).toContain("a token of grace@example.com");
      const accounts = { accounts: [expect.objectContaining({ name: "acme" })] };
      expect(await call(url, "GetUserAccounts", token)).toEqual(accounts);
      expect(await call(url, "GetUserAccounts", "grace")).toEqual(accounts);
      expect(await call(url, "GetSystemInformation", token)).toMatchObject({
        license: expect.not.objectContaining({ isNeosyncCloud: true }),
      });
      run.child.kill("SIGTERM");
      expect(await run.exit).toBe(0);
    });
  });

  it("starts a Neosync server without authentication", async () => {
    const run = await tenantry("mock", "--port=0", "--no-cloud", "--no-auth", "--flavor=neosync");
    const { url } = await started(run);
    const userId = "00000000-0000-0000-0000-000000000000";
    expect(await call(url, "GetUser", "any-token")).toEqual({ userId });
    // These texts are Neosync's.
    expect(await call(url, "CreateTeamAccount", "any-token")).toMatchObject({
      message: expect.stringMatching(/^validation error:\n - name: value does not match/),
    });
    run.child.kill("SIGTERM");
    expect(await run.exit).toBe(0);
  });

  it("continues when no program reads its output any more", async () => {
    const run = await tenantry("mock", "--port", "0");
    const { url, token } = await started(run);
    run.child.stdout?.destroy();
    for (let i = 0; i < 3; i++) {
      expect(await call(url, "GetUser", token)).toEqual({ userId: expect.any(String) });
    }
    run.child.kill("SIGTERM");
    expect(await run.exit).toBe(0);
    expect(run.err()).toBe("");
  });

  it("prints an error if the port is in use", async () => {
    await using listener = await listen(createMockServer());
    const run = await tenantry("mock", "--port", `${listener.port}`);
    expect(await run.exit).toBe(1);
    expect(run.err()).toContain(`port ${listener.port} of 127.0.0.1 is in use: choose another port, or 0`);
  });

  it.each([
    ['{"vydon":{"accounts":[{"name":"acme","kind":"team"}]}}', "seed.vydon.accounts[0].kind is not known"],
    ["{", "cannot use the seed file"],
  ])("prints the mistake in the seed file %s", async (content, message) => {
    await withFile(content, async (file) => {
      const run = await tenantry("mock", "--port", "0", "--seed", file);
      expect(await run.exit).toBe(1);
      expect(run.err()).toContain(message);
      expect(run.err()).toContain(file);
      expect(run.out()).toBe("");
    });
  });

  it("prints an error if the seed file does not exist", async () => {
    const run = await tenantry("mock", "--seed", "/no/such/file.json");
    expect(await run.exit).toBe(1);
    expect(run.err()).toContain("/no/such/file.json");
  });
});
