import { createMockServer, type MockServer, type VydonIssuerOptions } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { isLever, type Json, type RecordedCall, readRecording } from "./read-recording.js";

// GetAuthorizeUrl, LoginCli and RefreshCli. The identity provider of the recordings was a test server with its own texts, so a replay
// skips its responses. These tests compare only the types of their fields.

const recording = readRecording("auth-and-keys-cloud-rbac");

function successes(method: string): RecordedCall[] {
  return recording.steps.filter(
    (step): step is RecordedCall => !isLever(step) && step.method === method && step.httpStatus === 200,
  );
}

function start(issuer: VydonIssuerOptions = {}): MockServer {
  return createMockServer({ vydon: { ...recording.options, issuer } });
}

async function send(server: MockServer, method: string, request: Json, byGet = false): Promise<unknown> {
  const url = `https://vydon.mock/mgmt.v1alpha1.AuthService/${method}`;
  const message = JSON.stringify(request);
  const headers = { "content-type": "application/json" };
  const response = byGet
    ? await server.fetch(`${url}?${new URLSearchParams({ connect: "v1", encoding: "json", message })}`)
    : await server.fetch(url, { method: "POST", headers, body: message });
  expect(response.status).toBe(200);
  return response.json();
}

/** Replaces each value of a response by its type, and omits the fields of one name. */
function typesOf(answer: unknown, without?: string): unknown {
  return JSON.parse(JSON.stringify(answer), (key, value: unknown) => {
    if (key === without) return undefined;
    return typeof value === "object" ? value : typeof value;
  });
}

describe("the mock's response has the same fields and types as the real server's", () => {
  it.each(successes("GetAuthorizeUrl"))("GetAuthorizeUrl, $label", async ({ label, request, response }) => {
    const queryOf = (answer: unknown) =>
      JSON.stringify(answer)
        .replace(/^.*\?/, "")
        .replace(/audience=[^&]*&client_id=[^&]*/, "audience=…&client_id=…");
    const answer = await send(start(), "GetAuthorizeUrl", request, label === "by GET");
    expect(queryOf(answer)).toBe(queryOf(response));
  });

  it.each(successes("LoginCli"))("LoginCli, $label", async ({ label, response }) => {
    const server = start();
    const email = "ada@example.com";
    const isBare = label.includes("no refresh and no id token");
    const code = server.vydon.issuer.code(isBare ? { email, scope: "profile" } : { email });
    expect(typesOf(await send(server, "LoginCli", { code }))).toEqual(typesOf(response));
  });

  it.each(successes("RefreshCli"))("RefreshCli, $label", async ({ label, response }) => {
    const server = start({ rotate: !label.includes("no new one") });
    const { refreshToken } = server.vydon.issuer.signIn({ email: "ada@example.com" });
    const answer = await send(server, "RefreshCli", { refreshToken });
    // The identity provider decides whether there is an id token.
    expect(typesOf(answer, "idToken")).toEqual(typesOf(response, "idToken"));
  });
});
