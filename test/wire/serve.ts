import { ApiError, type CommonOptions, VydonClient } from "../../src/index.js";
import { type Answer, rawServer } from "../support/raw-server.js";
import { Clock } from "../support/scripted.js";

/** A client of a server that sends this response. By default it tries once, and its time stands still. */
export async function serve(answer: Answer, options: CommonOptions = {}) {
  const server = await rawServer(answer);
  return {
    server,
    client: new VydonClient({ baseUrl: server.baseUrl, retry: false, clock: new Clock(0), ...options }),
  };
}

/** What a call with this response ends with: a result or an error. */
export async function outcome(answer: Answer, options: CommonOptions = {}) {
  const { server, client } = await serve(answer, options);
  await using _closing = server;
  return await client.users.current().catch((reason: unknown) => reason);
}

/** The error of a call with this response. */
export async function failure(answer: Answer, options?: CommonOptions): Promise<ApiError> {
  const error = await outcome(answer, options);
  if (error instanceof ApiError) return error;
  throw new Error("the call did not fail with an ApiError");
}

export const json = ["content-type: application/json"];
export const html = ["content-type: text/html"];
export const ada = '{"userId":"ada"}';
