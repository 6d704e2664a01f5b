import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FamClient, OnaClient, VydonClient } from "tenantry";
import { createMockServer, type MockServer } from "tenantry/mock";
import { type Listener, listen } from "tenantry/mock/node";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { run, startProxy } from "./run-command.js";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenantry-proxy-"));
});
afterAll(() => rm(folder, { recursive: true }));

// A second mock stands for the real server.
let real: MockServer;
let listener: Listener;
let file = "";
let count = 0;
beforeEach(async () => {
  real = createMockServer({ now: new Date(), randomSeed: 99 });
  real.clock.run();
  listener = await listen(real);
  file = join(folder, `${++count}.jsonl`);
});
afterEach(() => listener.close());

/** Records what somebody does through the proxy. */
async function record(act: (baseUrl: string) => Promise<unknown>): Promise<void> {
  const proxy = await startProxy(listener.url, "--record", file, "--quiet");
  await act(proxy.url);
  expect(await proxy.stop()).toBe(0);
}

const vydon = (baseUrl: string, auth: string) => new VydonClient({ baseUrl, auth, retry: false });

/** A team is formed: what an app does on its first day. */
async function formTeam(baseUrl: string): Promise<void> {
  const as = (email: string) =>
    vydon(baseUrl, real.vydon.signIn({ email, name: "Ada Lovelace", registered: false }).token);
  const [ada, grace] = [as("ada@acme.test"), as("grace@acme.test")];
  await ada.users.register();
  const { accountId } = await ada.accounts.createTeam({ name: "acme" });
  const invite = await ada.invites.create(accountId, { email: "grace@acme.test", role: "job_viewer" });
  await grace.users.register();
  await grace.invites.accept(invite.token);
  await ada.members.list(accountId).toArray();
  const key = await ada.apiKeys.create(accountId, {
    name: "nightly",
    expiresAt: new Date(Date.now() + 3_600_000),
  });
  await vydon(baseUrl, key.keyValue).members.list(accountId).toArray();
  await ada.members.remove(accountId, "00000000-0000-4000-8000-000000000000").catch(() => {});
  await ada.invites.create(accountId, { email: "not an email" }).catch(() => {});
  await grace.invites.create(accountId, { email: "barbara@acme.test" }).catch(() => {});
  await vydon(baseUrl, "wrong")
    .users.current()
    .catch(() => {});
}

describe("a recording of a server that behaves as the mock does", () => {
  it("has no differences", async () => {
    await record(formTeam);
    console.log(await readFile(file, "utf8"));
    const { code, out } = await run("verify", file);
    expect(out).toMatch(/^\d+ calls: \d+ the same, 0 differ\.\n$/);
    expect(code).toBe(0);
  });
});
