import { refreshableToken } from "tenantry";
import type { MockServer } from "tenantry/mock";
import { codes, type Fault, type World } from "./world.js";

/** The options of a client, and controls over its calls. */
export function connection(
  server: MockServer,
  { signIn, revoke }: { signIn: () => string; revoke: (token: string) => void },
  writes: readonly string[],
) {
  const { clock } = server;
  const onTheWay: World["onTheWay"] = {};
  let readMs = 0;
  const isWrite = (method: string) => writes.includes(method);
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const method = new URL(String(input)).pathname.split("/").at(-1) ?? "";
    if (!isWrite(method)) {
      const response = await server.fetch(input, init);
      // The data is from before the wait.
      if (readMs > 0) await clock.sleep(readMs, init?.signal ?? undefined);
      return response;
    }
    await onTheWay.there?.();
    // The client no longer waits for a response that it has canceled.
    return server.fetch(input, init).finally(() => init?.signal?.aborted || onTheWay.back?.());
  };
  let accessToken = "";
  const token = () => {
    accessToken = signIn();
    return { accessToken };
  };
  const auth = refreshableToken({ initial: token(), refresh: token, clock });
  return {
    options: { baseUrl: "https://api.example.com", fetch, clock, auth, timeoutMs: 10_000 },
    clock,
    onTheWay,
    slowReads: (ms: number) => {
      readMs = ms;
    },
    cutOff: () => {
      server.faults.inject({ wire: "reset" });
    },
    fail(fault: Fault) {
      const next = { when: ({ method }: { method: string }) => isWrite(method) };
      if (fault === "none") return;
      if (fault === "expired_token") revoke(accessToken);
      else if (fault === "slow") server.faults.inject({ ...next, latencyMs: 3_000, times: 1 });
      else if (fault === "too_slow") server.faults.inject({ ...next, latencyMs: 60_000 });
      else if (isCode(fault)) server.faults.inject({ ...next, code: fault });
      else server.faults.inject({ ...next, wire: fault });
    },
  };
}

function isCode(fault: Fault): fault is (typeof codes)[number] {
  return codes.some((code) => code === fault);
}

/** The first two items of a list. */
export async function pair<T>(list: Promise<T[]>): Promise<[T, T]> {
  const [first, second] = await list;
  if (first === undefined || second === undefined) throw new Error("the world has too few items");
  return [first, second];
}
