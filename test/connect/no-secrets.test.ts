import { inspect } from "node:util";
import { createClient } from "@connectrpc/connect";
import { UnexpectedResponseError, VydonClient } from "tenantry";
import { toConnectTransport } from "tenantry/connect";
import { UserAccountService } from "tenantry/proto/vydon";
import { afterEach, describe, expect, it } from "vitest";
import { createHttpServer, type Listening, listenLocally } from "../support/listen-locally.js";
import { failureOf } from "../support/promises.js";
import { ways } from "./ways.js";

let server: Listening | undefined;
afterEach(() => server?.[Symbol.asyncDispose]());

/** Starts a server that sends this JSON to every request. */
async function serve(body: string): Promise<string> {
  server = await listenLocally(
    createHttpServer("1.1", (request, response) => {
      request.resume();
      response.writeHead(200, { "content-type": "application/json" });
      response.end(body);
    }),
  );
  return server.baseUrl;
}

/** Everything that a log can show of an error. */
const shown = (error: unknown) =>
  `${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)}`;

/** Responses that cannot be read, with a token. */
const bodies = [
  "s3cr3t",
  '"s3cr3t"',
  '{"license":"s3cr3t"}',
  '{"license":["s3cr3t"]}',
  '{"buildDate":"s3cr3t"}',
  '{"version":"s3cr3t"}}',
  '{"license":{"isValid":"s3cr3t"}}',
];

describe.each(ways.filter(({ contentType }) => contentType === "application/json"))(
  "an error through $name",
  ({ open }) => {
    it.each(bodies)("shows no part of a response that cannot be read: %s", async (body) => {
      const transport = open(await serve(body));
      const client = new VydonClient({ transport, retry: false });
      const error = await failureOf(client.system.info());
      expect(error).toBeInstanceOf(UnexpectedResponseError);
      expect(shown(error)).not.toContain("s3cr3t");
      await transport[Symbol.asyncDispose]?.();
    });

    it("names the field that cannot be read", async () => {
      const transport = open(await serve('{"buildDate":"s3cr3t"}'));
      const client = new VydonClient({ transport, retry: false });
      expect(await failureOf(client.system.info())).toMatchObject({
        message: expect.stringMatching(
          /: The response cannot be read: cannot decode .*Timestamp from JSON\.$/,
        ),
      });
      await transport[Symbol.asyncDispose]?.();
    });
  },
);

it.each(bodies)("an error of toConnectTransport shows no part of a response: %s", async (body) => {
  const client = new VydonClient({ baseUrl: await serve(body), retry: false });
  const users = createClient(UserAccountService, toConnectTransport(client));
  const error = await failureOf(users.getSystemInformation({}));
  expect(error).toMatchObject({ cause: { name: "UnexpectedResponseError" } });
  expect(shown(error)).not.toContain("s3cr3t");
});
