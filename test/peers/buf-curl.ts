import { type Peer, run } from "./peer.js";
import { buf, detailsOf, image } from "./schema.js";

/** Without garbage collection, a short Go program ends sooner. */
const withoutCollection = { GOGC: "off" };

/** `buf curl`: connect-go, with the schema of `proto/`. */
export function bufCurl(protocol: "connect" | "grpc" | "grpcweb", http: "1.1" | "2"): Peer {
  return {
    name: `buf curl over ${protocol}, HTTP/${http}`,
    async call(baseUrl, { rpc, token, request = {}, timeoutMs }) {
      const args = ["curl", "--schema", image, "--protocol", protocol, "--data", JSON.stringify(request)];
      if (http === "2") args.push("--http2-prior-knowledge");
      if (token !== undefined) args.push("--header", `authorization: Bearer ${token}`);
      if (timeoutMs !== undefined) args.push("--timeout", `${timeoutMs}ms`);
      const { code, out, err } = await run(buf, [...args, `${baseUrl}/${rpc}`], withoutCollection);
      if (code === 0) return { code: "ok", response: JSON.parse(out) };
      if (code < 8) throw new Error(`buf curl could not call: ${err}`);
      const error = JSON.parse(err);
      return { code: error.code, message: error.message, details: detailsOf(error) };
    },
  };
}
