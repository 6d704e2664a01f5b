import { createContext, runInContext } from "node:vm";
import { expect, it } from "vitest";
import { InvalidArgumentError } from "../errors/errors.js";
import { checkBaseUrl } from "./base-url.js";

it.each([
  ["https://api.example.com", "https://api.example.com"],
  ["https://api.example.com/", "https://api.example.com"],
  ["https://api.example.com/a/b//", "https://api.example.com/a/b"],
  ["HTTPS://API.example.com:443", "https://api.example.com"],
  [" https://api.example.com ", "https://api.example.com"],
])("%j becomes %j", (baseUrl, expected) => {
  expect(checkBaseUrl(baseUrl, true)).toBe(expected);
});

it("may be a URL, of another realm too", () => {
  expect(checkBaseUrl(new URL("https://api.example.com/a/"), true)).toBe("https://api.example.com/a");
  const other: URL = runInContext("({ href: 'https://api.example.com/' })", createContext());
  expect(checkBaseUrl(other, true)).toBe("https://api.example.com");
});

it.each([
  "",
  "api.example.com",
  "/api",
  "ftp://example.com",
  "shttp://example.com",
  "https-x://example.com",
  "javascript:alert(1)",
  "https://ada@example.com",
  "https://:pass@example.com",
  "https://example.com?key=1",
  "https://example.com/api/?",
  "https://example.com#top",
])("%j is refused", (baseUrl) => {
  expect(() => checkBaseUrl(baseUrl, false)).toThrow(InvalidArgumentError);
});

it.each([
  "http://localhost:4010",
  "http://vydon.localhost",
  "http://127.0.0.1",
  "http://127.8.9.10",
  "http://[::1]:80",
])("a token may go to this machine over plain http: %s", (baseUrl) => {
  expect(() => checkBaseUrl(baseUrl, true)).not.toThrow();
});

it.each([
  "http://example.com",
  "http://127.0.0.1.example.com",
  "http://localhost.example.com",
  "http://notlocalhost",
  "http://10.0.0.1",
  "http://0.0.0.0",
  "http://[::2]",
])("a token may not go to another machine over plain http: %s", (baseUrl) => {
  expect(() => checkBaseUrl(baseUrl, true)).toThrow(/allowInsecureAuth/);
  expect(() => checkBaseUrl(baseUrl, false)).not.toThrow();
});
