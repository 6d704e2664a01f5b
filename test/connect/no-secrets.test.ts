import { inspect } from "node:util";
import { createClient } from "@connectrpc/connect";
import { UnexpectedResponseError, VydonClient } from "tenantry";
import { toConnectTransport } from "tenantry/connect";
import { UserAccountService } from "tenantry/proto/vydon";
import { describe, expect, it, onTestFinished } from "vitest";
import { createHttpServer, listenLocally } from "../support/listen-locally.js";
import { failureOf } from "../support/promises.js";
import { openedUntilTestEnds, ways } from "./ways.js";

/** Starts a server that sends this JSON to every request. */
async function serve(body: string): Promise<string> {
  const server = await listenLocally(
    createHttpServer("1.1", (request, response) => {
      request.resume();
      response.writeHead(200, { "content-type": "application/json" });
      response.end(body);
    }),
  );
  onTestFinished(() => server[Symbol.asyncDispose]());
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
  (way) => {
    it.each(bodies)("shows no part of a response that cannot be read: %s", async (body) => {
      const transport = openedUntilTestEnds(way, await serve(body));
      const client = new VydonClient({ transport, retry: false });
      const error = await failureOf(client.system.info());
      expect(error).toBeInstanceOf(UnexpectedResponseError);
      expect(shown(error)).not.toContain("s3cr3t");
    });

    it("names the field that cannot be read", async () => {
      const transport = openedUntilTestEnds(way, await serve('{"buildDate":"s3cr3t"}'));
      const client = new VydonClient({ transport, retry: false });
      expect(await failureOf(client.system.info())).toMatchObject({
        message: expect.stringMatching(
          /: The response cannot be read: cannot decode .*Timestamp from JSON\.$/,
        ),
      });
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
