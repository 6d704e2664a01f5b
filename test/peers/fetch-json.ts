import type { Peer } from "./peer.js";
import { detailsOf } from "./schema.js";

/** Node's own `fetch`, with JSON written by hand. */
export const fetchJson: Peer = {
  name: "fetch with JSON",
  async call(baseUrl, { rpc, token, request = {}, timeoutMs }) {
    const headers = new Headers({ "content-type": "application/json" });
    if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
    if (timeoutMs !== undefined) headers.set("connect-timeout-ms", `${timeoutMs}`);
    const response = await fetch(`${baseUrl}/${rpc}`, {
      method: "POST",
      headers,
      body: JSON.stringify(request),
    });
    const answer = await response.json();
    if (response.ok) return { code: "ok", response: answer };
    return { code: answer.code, message: answer.message, details: detailsOf(answer) };
  },
};
