import { parseUrl } from "../../engine/parse-url.js";
import { isLoopback } from "../is-loopback.js";

/** The server that the proxy passes calls on to. */
export interface Target {
  readonly url: URL;
  /** The path of the URL, without a slash at the end. */
  readonly basePath: string;
  /** Whether tokens may be sent to it: it uses TLS, it is this machine, or the user allows it. */
  readonly mayGetTokens: boolean;
}

/** Reads the URL of the real server. @throws Error if it is not the base URL of a server. */
export function readTarget(text: string, allowInsecureAuth: boolean): Target {
  const url = parseUrl(text);
  if (url === undefined || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new Error("the URL must begin with https:// or http://");
  }
  if (url.username !== "" || url.password !== "") {
    throw new Error("the URL must not contain a user name or a password");
  }
  if (url.search !== "" || url.hash !== "") {
    throw new Error("the URL must not contain a query or a fragment: give the base URL of the server");
  }
  return {
    url,
    basePath: url.pathname.replace(/\/+$/, ""),
    mayGetTokens: allowInsecureAuth || url.protocol === "https:" || isLoopback(url.hostname),
  };
}
