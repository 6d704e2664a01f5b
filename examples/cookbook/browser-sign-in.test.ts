import { SignInAgainError } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { beforeEach, expect, it } from "vitest";
import { browserSession } from "./browser-sign-in.js";

const server = createMockServer();
beforeEach(() => server.reset());

/** A browser's storage. */
function storage(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  };
}

/** Tabs of one browser share `tokens`. */
function openTab(tokens = storage()) {
  const session = browserSession({
    baseUrl: "https://vydon.example.com",
    fetch: server.fetch,
    clock: server.clock,
    redirectUri: "https://app.example.com/signed-in",
    tokens,
    underWay: storage(),
  });
  return { session, tokens };
}

/** Acts as the person on the mock's sign-in page. Returns the address that the browser comes back to. */
async function visit(page: string, answer: string): Promise<URL> {
  const response = await server.fetch(`${page}&${answer}`, { redirect: "manual" });
  return new URL(response.headers.get("location") ?? "");
}

it("signs in, stays signed in while tokens expire, and signs out in every tab", async () => {
  const { session, tokens } = openTab();
  await session.finish(await visit(await session.begin(), "login_hint=ada@example.com"));
  const { id } = await session.client.users.register();

  server.clock.advance("2h");
  const other = openTab(tokens).session;
  expect(await other.client.users.current()).toEqual({ id });
  expect(server.calls.of("RefreshCli")).toHaveLength(1);

  await other.signOut();
  await expect(session.client.users.current()).rejects.toThrow(SignInAgainError);
});

it("registers a person at the next start of the app if that failed after the sign-in", async () => {
  const { session, tokens } = openTab();
  server.faults.inject({ method: "SetUser", code: "internal", times: 1 });
  await session.finish(await visit(await session.begin(), "login_hint=ada@example.com"));
  await expect(session.client.users.register()).rejects.toThrow("injected fault");

  const { session: next } = openTab(tokens);
  const { id } = await next.client.users.register();
  expect(await next.client.users.current()).toEqual({ id });
});

it("refuses a code of a sign-in that was begun elsewhere", async () => {
  const { session } = openTab();
  const { session: attacker } = openTab();
  const link = await visit(await attacker.begin(), "login_hint=eve@example.com");
  await expect(session.finish(link)).rejects.toThrow("not begun here");
  await session.begin();
  await expect(session.finish(link)).rejects.toThrow("not begun here");
});

it("fails if the person refuses", async () => {
  const { session } = openTab();
  const back = await visit(await session.begin(), "error=access_denied");
  await expect(session.finish(back)).rejects.toThrow("the sign-in was refused: access_denied");
});
