import { describe, expect, it } from "vitest";
import { createMockServer, type MockServer, type VydonIssuerOptions } from "../../src/mock/index.js";
import { isLever, type Json, type RecordedCall, readRecording } from "./read-recording.js";

// GetAuthorizeUrl, LoginCli and RefreshCli. The identity provider of the recordings was a stand-in with words of its own, so a replay
// leaves out what it answered. The form of these answers is the server's.

const recording = readRecording("auth-and-keys-cloud-rbac");

function successes(method: string): RecordedCall[] {
  return recording.steps.filter(
    (step): step is RecordedCall => !isLever(step) && step.method === method && step.httpStatus === 200,
  );
}

function start(issuer: VydonIssuerOptions = {}): MockServer {
  return createMockServer({ vydon: { ...recording.options, issuer } });
}

async function send(server: MockServer, method: string, request: Json): Promise<unknown> {
  const response = await server.fetch(`https://vydon.mock/mgmt.v1alpha1.AuthService/${method}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(request),
  });
  expect(response.status).toBe(200);
  return response.json();
}

/** An answer with the type of each value in its place, without the values of one name. */
function formOf(answer: unknown, without?: string): unknown {
  return JSON.parse(JSON.stringify(answer), (key, value: unknown) => {
    if (key === without) return undefined;
    return typeof value === "object" ? value : typeof value;
  });
}

describe("the mock answers as the real server", () => {
  it.each(successes("GetAuthorizeUrl"))("GetAuthorizeUrl, $label", async ({ request, response }) => {
    const queryOf = (answer: unknown) =>
      JSON.stringify(answer)
        .replace(/^.*\?/, "")
        .replace(/audience=[^&]*&client_id=[^&]*/, "audience=…&client_id=…");
    expect(queryOf(await send(start(), "GetAuthorizeUrl", request))).toBe(queryOf(response));
  });

  it.each(successes("LoginCli"))("LoginCli, $label", async ({ label, response }) => {
    const server = start();
    const email = "ada@example.com";
    const isBare = label.includes("no refresh and no id token");
    const code = server.vydon.issuer.code(isBare ? { email, scope: "profile" } : { email });
    expect(formOf(await send(server, "LoginCli", { code }))).toEqual(formOf(response));
  });

  it.each(successes("RefreshCli"))("RefreshCli, $label", async ({ label, response }) => {
    const server = start({ rotate: !label.includes("no new one") });
    const { refreshToken } = server.vydon.issuer.signIn({ email: "ada@example.com" });
    const answer = await send(server, "RefreshCli", { refreshToken });
    // Whether there is an id token is up to the identity provider.
    expect(formOf(answer, "idToken")).toEqual(formOf(response, "idToken"));
  });
});
