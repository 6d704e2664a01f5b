// MSW intercepts an app's fetch calls, and the mock handles them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setupServer } from "msw/node";
import { AlreadyExistsError, ApiError, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { handlers } from "tenantry/mock/msw";

const baseUrl = "https://vydon.example.com";
const server = createMockServer();
const msw = setupServer(...handlers(server, baseUrl));
before(() => msw.listen());
after(() => msw.close());

test("a client reaches the mock through MSW", async () => {
  const { token } = server.vydon.signIn({ email: "ada@example.com" });
  const client = new VydonClient({ baseUrl, auth: token });
  const { accountId } = await client.accounts.createTeam({ name: "engines" });
  const emails = [];
  for await (const member of client.members.list(accountId)) emails.push(member.email);
  assert.deepEqual(emails, ["ada@example.com"]);
});

test("a call rejects with the error class of its code", async () => {
  const { token } = server.vydon.signIn({ email: "ada@example.com" });
  const client = new VydonClient({ baseUrl, auth: token });
  const error = await client.accounts.createTeam({ name: "engines" }).catch((reason) => reason);
  assert(error instanceof ApiError);
  assert(error instanceof AlreadyExistsError, error.message);
});
