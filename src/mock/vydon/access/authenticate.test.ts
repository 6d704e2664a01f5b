import { describe, expect, it } from "vitest";
import { createMockServer } from "../../server.js";

async function textFor(authorization: string): Promise<string> {
  const { fetch } = createMockServer();
  const url = "https://vydon.mock/mgmt.v1alpha1.UserAccountService/GetUser";
  const headers = { "content-type": "application/json", authorization };
  const response = await fetch(url, { method: "POST", headers, body: "{}" });
  expect(response.status).toBe(401);
  return (await response.json()).message;
}

/** Returns an authorization header with a token in the form of a JWT that has this header. */
function jwt(header: string): string {
  const base64 = btoa(header).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return `Bearer ${base64}.e30.c2lnbmF0dXJl`;
}

const parse = "could not parse the token: ";

describe("Vydon's authentication", () => {
  it.each([
    ["", "must provide valid bearer token"],
    ["Bearer", "token not in proper format"],
    ["Bearer  ada", "token not in proper format"],
    ["bearer ada", "must provided bearer token"],
    ["Basic ada", "must provided bearer token"],
    ["Bearer ada", `${parse}go-jose/go-jose: compact JWS format must have three parts`],
    ["Bearer a.b.c.d", `${parse}go-jose/go-jose: compact JWS format must have three parts`],
    ["Bearer aaaa.bbbb.cccc", `${parse}invalid character 'i' looking for beginning of value`],
    ["Bearer +bcde.e30.c2ln", `${parse}illegal base64 data at input byte 0`],
    ["Bearer ab+de.e30.c2ln", `${parse}illegal base64 data at input byte 2`],
    ["Bearer abcde.e30.c2ln", `${parse}illegal base64 data at input byte 4`],
    ["Bearer .e30.c2ln", `${parse}unexpected end of JSON input`],
    [jwt('{"alg'), `${parse}unexpected end of JSON input`],
    [
      jwt('{"alg":"none"}'),
      'signing method is invalid: expected "RS256" signing algorithm but token specified "none"',
    ],
    [
      jwt('{"alg": "???>>>"}'),
      'signing method is invalid: expected "RS256" signing algorithm but token specified "???>>>"',
    ],
    [
      jwt('{"typ":"JWT"}'),
      'signing method is invalid: expected "RS256" signing algorithm but token specified ""',
    ],
    [
      jwt('{"alg":"RS256","kid":"other"}'),
      "failed to deserialize token claims: could not get token claims: go-jose/go-jose: unsupported key type/format",
    ],
  ])("refuses %j with the real server's error text", async (authorization, text) => {
    expect(await textFor(authorization)).toBe(text);
  });
});
