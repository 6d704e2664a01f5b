/** The error of a call to the admin service. */
export class AdminError extends Error {}

/** Calls a method of the admin service of one world. @throws AdminError if the call fails. */
export type Admin = <Response>(method: string, request?: object) => Promise<Response>;

/** Returns the admin service of a world, or of the server itself if there is no name. */
export function adminOf(world: string | undefined): Admin {
  const prefix = world === undefined ? "" : `/w/${encodeURIComponent(world)}`;
  return async <Result>(method: string, request: object = {}) => {
    const response = await fetch(`${prefix}/tenantry.mock.v1.AdminService/${method}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(request),
    });
    if (!response.ok) {
      const { message } = Object(await response.json().catch(() => undefined));
      throw new AdminError(typeof message === "string" ? message : `HTTP status ${response.status}`);
    }
    const result: Result = await response.json();
    return result;
  };
}

/** Returns the text to show for anything that was thrown. */
export function textOf(error: unknown): string {
  if (error instanceof TypeError) return "The server does not respond. Is it still running?";
  return error instanceof Error ? error.message : String(error);
}
