import { type Peer, run } from "./peer.js";
import { detailsOf } from "./schema.js";

/** curl, with JSON written by hand. */
export function curl(...options: string[]): Peer {
  return {
    name: ["curl", ...options].join(" "),
    async call(baseUrl, { rpc, token, request = {}, timeoutMs }) {
      const headers = ["content-type: application/json"];
      if (token !== undefined) headers.push(`authorization: Bearer ${token}`);
      if (timeoutMs !== undefined) headers.push(`connect-timeout-ms: ${timeoutMs}`);
      const args = headers.flatMap((header) => ["--header", header]);
      const { code, out, err } = await run("curl", [
        ...["--silent", "--show-error", "--write-out", "\n%{http_code} %{content_type}", ...options],
        ...[...args, "--data", JSON.stringify(request), `${baseUrl}/${rpc}`],
      ]);
      if (code !== 0) throw new Error(`curl could not call: ${err}`);
      const [, body = "", status, type] = /^(.*)\n(\d+) (.*)$/s.exec(out) ?? [];
      if (type !== "application/json") throw new Error(`curl got ${status} ${type}: ${body}`);
      const answer = JSON.parse(body);
      if (status === "200") return { code: "ok", response: answer };
      return { code: answer.code, message: answer.message, details: detailsOf(answer) };
    },
  };
}
