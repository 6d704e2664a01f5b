import { UnexpectedResponseError } from "tenantry";
import { describe, expect, it } from "vitest";
import { failureOf } from "../support/promises.js";
import { rawServer, respond } from "../support/raw-server.js";
import { ada, failure, json, serve } from "./serve.js";

describe("a redirect", () => {
  it.each([301, 302, 303, 307, 308])(
    "with status %i makes the call fail, and sends no token to the other server",
    async (status) => {
      await using other = await rawServer(respond(200, json, ada));
      const { server, client } = await serve(
        respond(status, [`location: ${other.baseUrl}/steal?code=s3cr3t`]),
        { auth: "key-1", useHttpGet: true },
      );
      for (const call of [() => client.users.current(), () => client.accounts.list().first()]) {
        const error = await failureOf(call());
        expect(error).toBeInstanceOf(UnexpectedResponseError);
        expect(error).toMatchObject({ message: expect.stringContaining(`a redirect to ${other.baseUrl}`) });
        expect(String(error)).not.toContain("s3cr3t");
      }
      expect(other.requests).toHaveLength(0);
      expect(server.requests).toHaveLength(2);
    },
  );

  it("with a JSON error body makes the call fail as a redirect, too", async () => {
    const location = "location: https://login.example.com/sign-in";
    const error = await failure(
      respond(302, [...json, location], '{"code":"unavailable","message":"moved"}'),
    );
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error.message).toContain("a redirect to https://login.example.com");
  });
});
