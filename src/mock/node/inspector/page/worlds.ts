import { toError } from "./admin.js";

let hasNone = false;

/** Returns the names of the worlds, oldest first. Undefined if the server has no worlds. */
export async function listWorlds(): Promise<string[] | undefined> {
  if (hasNone) return undefined;
  const response = await fetch("/worlds", { headers: { accept: "application/json" } });
  hasNone = response.status === 404;
  if (!response.ok) return undefined;
  const { worlds } = Object(await response.json());
  if (!Array.isArray(worlds)) return undefined;
  return worlds.map((each: unknown) => (typeof each === "string" ? each : String(Object(each).name)));
}

/** Creates a world. @throws AdminError with the server's text, for example if the name is taken. */
export async function createWorld(name: string): Promise<void> {
  await send("POST", "/worlds", { name });
}

/** Ends a world. */
export async function endWorld(name: string): Promise<void> {
  await send("DELETE", `/worlds/${encodeURIComponent(name)}`);
}

async function send(method: string, path: string, body?: object): Promise<void> {
  const response = await fetch(path, {
    method,
    ...(body !== undefined && {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  });
  if (!response.ok) throw toError(response.status, await response.json().catch(() => undefined));
}
