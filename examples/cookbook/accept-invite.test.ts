import { parseHTML } from "linkedom";
import { VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { beforeEach, expect, it, vi } from "vitest";
import { acceptInvite } from "./accept-invite.js";

const server = createMockServer();
beforeEach(() => {
  server.reset();
  vi.stubGlobal("document", parseHTML("").document); // jsdom and happy-dom work, too
});

const as = (email: string) => new VydonClient(server.vydon.signIn({ email }).connect());

async function inviteGrace() {
  const ada = as("ada@example.com");
  const { accountId } = await ada.accounts.createTeam({ name: "acme" });
  return ada.invites.create(accountId, { email: "grace@example.com" });
}

it("welcomes a person who comes in time", async () => {
  const { token } = await inviteGrace();
  server.clock.advance("23h");
  expect((await acceptInvite(as("grace@example.com"), token)).textContent).toBe("Welcome to acme.");
});

it("shows that the invite has expired", async () => {
  const { token } = await inviteGrace();
  server.clock.advance("25h");
  const shown = await acceptInvite(as("grace@example.com"), token);
  expect(shown.textContent).toBe("This invite has expired. Ask for a new one.");
});

it("shows it without moving the clock, too", async () => {
  const { id, token } = await inviteGrace();
  server.vydon.expireInvite(id);
  const shown = await acceptInvite(as("grace@example.com"), token);
  expect(shown.textContent).toBe("This invite has expired. Ask for a new one.");
});

it("lets in only the invited person", async () => {
  const { token } = await inviteGrace();
  const shown = await acceptInvite(as("mallory@example.com"), token);
  expect(shown.textContent).toBe("This link is not for you, or was used before.");
});
