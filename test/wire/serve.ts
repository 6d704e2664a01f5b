import { ApiError, type CommonOptions, VydonClient } from "tenantry";
import { onTestFinished } from "vitest";
import { VirtualClock } from "../../src/mock/engine/time/virtual-clock.js";
import { type Answer, rawServer } from "../support/raw-server.js";

/** Starts a server that sends this response until the test ends, and a client of it. By default the client does not retry, and its clock stands still. */
export async function serve(answer: Answer, options: CommonOptions = {}) {
  const server = await rawServer(answer);
  onTestFinished(() => server[Symbol.asyncDispose]());
  return {
    server,
    client: new VydonClient({
      baseUrl: server.baseUrl,
      retry: false,
      clock: new VirtualClock(0),
      ...options,
    }),
  };
}

/** Makes a call that gets this response. Returns its result or error. */
export async function outcome(answer: Answer, options: CommonOptions = {}) {
  const { client } = await serve(answer, options);
  return await client.users.current().catch((reason: unknown) => reason);
}

/** Makes a call that gets this response. Returns its error. */
export async function failure(answer: Answer, options?: CommonOptions): Promise<ApiError> {
  const error = await outcome(answer, options);
  if (error instanceof ApiError) return error;
  throw new Error("the call did not fail with an ApiError");
}

export const json = ["content-type: application/json"];
export const html = ["content-type: text/html"];
export const ada = '{"userId":"ada"}';
