/** The server's answer to a call that failed. */
export class AdminError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Calls the admin service of one world. */
export type Admin = <Answer>(method: string, request?: object) => Promise<Answer>;

/** The admin service of a world. Without a name: of the server itself. */
export function adminOf(world: string | undefined): Admin {
  const prefix = world === undefined ? "" : `/w/${encodeURIComponent(world)}`;
  return async <Answer>(method: string, request: object = {}) => {
    const response = await fetch(`${prefix}/tenantry.mock.v1.AdminService/${method}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(request),
    });
    if (!response.ok) throw toError(response.status, await response.json().catch(() => undefined));
    const answer: Answer = await response.json();
    return answer;
  };
}

/** An error of the admin service, or of `/worlds`. */
export function toError(status: number, json: unknown): AdminError {
  const { code, message, error } = Object(json);
  const text = [message, error].find((each) => typeof each === "string");
  return new AdminError(typeof code === "string" ? code : `http_${status}`, text ?? `HTTP status ${status}`);
}

/** The text of anything that was thrown. */
export function textOf(error: unknown): string {
  if (error instanceof TypeError) return "The server does not respond. Is it still running?";
  return error instanceof Error ? error.message : String(error);
}
