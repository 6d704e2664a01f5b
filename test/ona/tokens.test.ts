import { expect, it } from "vitest";
import { clientWithResponse } from "./client-with-response.js";

it("OnaClient.tokens.create() sends the lifetime in seconds, and none unless `validForMs` is set", async () => {
  const { client, requests } = clientWithResponse({ token: "secret" });
  const issued = await client.tokens.create("user-1", { description: "backup", validForMs: 123_500 });
  expect(issued).toEqual({ token: "secret" });
  await client.tokens.create("user-1", { description: "backup" });
  expect(requests.map(({ body }) => JSON.parse(body))).toEqual([
    { userId: "user-1", description: "backup", validFor: "123.5s", readOnly: false },
    { userId: "user-1", description: "backup", readOnly: false },
  ]);
});
