import { create, toBinary } from "@bufbuild/protobuf";
import { GetUserResponseSchema } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { ApiError, type CommonOptions, VydonClient } from "../../src/index.js";
import { type Answer, rawServer } from "../support/raw-server.js";
import { Clock } from "../support/scripted.js";

/** A client of a server that answers these bytes. It tries once, and its time stands still, unless told otherwise. */
export async function serve(answer: Answer, options: CommonOptions = {}) {
  const server = await rawServer(answer);
  return {
    server,
    client: new VydonClient({ baseUrl: server.baseUrl, retry: false, clock: new Clock(0), ...options }),
  };
}

/** What a call that is answered these bytes comes to. */
export async function outcome(answer: Answer, options: CommonOptions = {}) {
  const { server, client } = await serve(answer, options);
  await using _closing = server;
  return await client.users.current().catch((reason: unknown) => reason);
}

/** The error that a call comes to which is answered these bytes. */
export async function failure(answer: Answer, options?: CommonOptions): Promise<ApiError> {
  const error = await outcome(answer, options);
  if (error instanceof ApiError) return error;
  throw new Error("no ApiError");
}

export const proto = ["content-type: application/proto"];
export const json = ["content-type: application/json"];
export const html = ["content-type: text/html"];
export const ada = toBinary(GetUserResponseSchema, create(GetUserResponseSchema, { userId: "ada" }));
