import type { MockServer } from "../../mock-server.js";
import { isObject, type Json, type RecordedCall } from "../recording/recorded-call.js";
import type { Placeholders } from "./placeholders.js";
import { placeholdersIn } from "./placeholders.js";

/** The callers of a recording, by the placeholders of their tokens. */
export class RecordedCallers {
  readonly #server: MockServer;
  readonly #placeholders: Placeholders;
  readonly #emails: ReadonlyMap<string, string>;
  readonly #unregistered: ReadonlySet<string>;
  readonly #tokens = new Map<string, string>();

  constructor(server: MockServer, placeholders: Placeholders, calls: readonly RecordedCall[]) {
    this.#server = server;
    this.#placeholders = placeholders;
    this.#emails = emailsIn(calls);
    this.#unregistered = unregisteredIn(calls);
  }

  /**
   * Returns the token to send for a call: a token from an earlier response, or a new person's token. Undefined if the
   * call has no token.
   */
  token(call: RecordedCall): string | undefined {
    const { as, code } = call;
    if (as === null) return undefined;
    if (!this.isFromOutside(as)) return this.#placeholders.get(as);
    // The real server did not accept the token either.
    if (code === "unauthenticated") return `unknown-${as.replace(/[<>:]/g, "")}`;
    const api = call.service.split(".")[0] ?? "";
    const key = `${api} ${as}`;
    const token = this.#tokens.get(key) ?? this.#signIn(api, as);
    this.#tokens.set(key, token);
    return token;
  }

  /** Checks whether the caller's token is from before the recording: no replayed call has returned it. */
  isFromOutside(as: string): boolean {
    return this.#placeholders.isInvented(as);
  }

  #signIn(api: string, as: string): string {
    const name = this.#emails.get(as);
    const email =
      name === undefined
        ? `caller-${as.replace(/\D/g, "")}@callers.example`
        : String(this.#placeholders.fill(name));
    const { vydon, ona, fam } = this.#server;
    if (api === "gitpod") return ona.signIn({ email }).token;
    if (api === "fam") return fam.signIn({ email }).token;
    return vydon.signIn({ email, registered: !this.#unregistered.has(as) }).token;
  }
}

/**
 * Returns the emails of callers: from their token, from a response about themselves, or from an invite that they accepted, because only the
 * invited person can accept it.
 */
function emailsIn(calls: readonly RecordedCall[]): Map<string, string> {
  const emails = new Map<string, string>();
  const invited = new Map<string, string>();
  for (const { as, email, method, request, response, code } of calls) {
    eachObject(response, ({ email: to, token }) => {
      if (typeof to === "string" && typeof token === "string") invited.set(token, to);
    });
    if (as === null || code !== null) continue;
    const own = method === "GetAuthenticatedUser" || method === "GetAccount" ? emailIn(response) : undefined;
    const [accepted] = placeholdersIn(request).flatMap((name) => invited.get(name) ?? []);
    const found = email ?? own ?? accepted;
    if (found !== undefined && !emails.has(as)) emails.set(as, found);
  }
  return emails;
}

function emailIn(value: Json): string | undefined {
  let found: string | undefined;
  eachObject(value, ({ email }) => {
    if (typeof email === "string" && email !== "") found ??= email;
  });
  return found;
}

function eachObject(value: Json | undefined, use: (object: { [key: string]: Json }) => void): void {
  if (Array.isArray(value)) for (const item of value) eachObject(item, use);
  if (!isObject(value)) return;
  use(value);
  for (const item of Object.values(value)) eachObject(item, use);
}

/** Returns the callers who were not registered before the recording. The first call that shows it for a caller decides. */
function unregisteredIn(calls: readonly RecordedCall[]): Set<string> {
  const isRegistered = new Map<string, boolean>();
  for (const call of calls) {
    const shown = showsRegistered(call);
    if (call.as !== null && shown !== undefined && !isRegistered.has(call.as))
      isRegistered.set(call.as, shown);
  }
  return new Set([...isRegistered].filter(([, registered]) => !registered).map(([as]) => as));
}

/** Returns whether a call shows that its caller was registered before it. Undefined if it does not show it. */
function showsRegistered({ service, method, httpStatus, code, message }: RecordedCall): boolean | undefined {
  if (code === "not_found" && message === "unable to find user") return false;
  if (httpStatus !== 200 || needsNoUser(service, method)) return undefined;
  return method !== "SetUser";
}

/** Checks whether a Vydon method can succeed for a person who is not registered. */
function needsNoUser(service: string, method: string): boolean {
  return service === "mgmt.v1alpha1.AuthService" || methodsWithoutUser.has(method);
}

const methodsWithoutUser: ReadonlySet<string> = new Set(["GetSystemInformation", "HasPermissions"]);
