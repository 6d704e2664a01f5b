import { Agent, request } from "node:http";

/** A client that keeps one connection open, and costs less than `fetch`. */
export interface HttpClient extends Disposable {
  /** Sends JSON, and reads the response to its end. Rejects if its status is 300 or more. */
  send(method: "POST" | "DELETE", url: string, body?: string): Promise<void>;
}

/** @param token - the token of all requests. */
export function httpClient(token: string): HttpClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  return {
    send: (method, url, body = "") =>
      new Promise((resolve, reject) => {
        const sent = request(url, { method, agent, headers }, (response) => {
          if ((response.statusCode ?? 500) >= 300) reject(new Error(`${url}: ${response.statusCode}`));
          response.resume().on("end", resolve);
        });
        sent.on("error", reject).end(body);
      }),
    [Symbol.dispose]: () => agent.destroy(),
  };
}
