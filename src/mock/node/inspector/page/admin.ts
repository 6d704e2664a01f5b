/** The error of a call to the admin service. */
export class AdminError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

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
    if (!response.ok) throw toError(response.status, await response.json().catch(() => undefined));
    const result: Result = await response.json();
    return result;
  };
}

/** Returns the error for a response of the admin service or of `/worlds`. */
export function toError(status: number, json: unknown): AdminError {
  const { code, message, error } = Object(json);
  const text = [message, error].find((each) => typeof each === "string");
  return new AdminError(typeof code === "string" ? code : `http_${status}`, text ?? `HTTP status ${status}`);
}

/** Returns the text to show for anything that was thrown. */
export function textOf(error: unknown): string {
  if (error instanceof TypeError) return "The server does not respond. Is it still running?";
  return error instanceof Error ? error.message : String(error);
}
