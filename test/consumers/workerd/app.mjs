import { env } from "cloudflare:workers";
import { refreshableToken, VydonClient } from "tenantry";

// One client for the isolate: the API key is the same for every request.
const client = new VydonClient({ baseUrl: env.VYDON_URL, auth: env.VYDON_API_KEY });

// A token source creates a random id, which Workers allow only in a handler. So the first request creates the source.
let robot;
function asRobot() {
  robot ??= new VydonClient({
    baseUrl: env.VYDON_URL,
    auth: refreshableToken({ refresh, timeoutMs: 10_000 }),
  });
  return robot;
}

async function refresh({ signal }) {
  const response = await fetch(env.TOKEN_URL, { method: "POST", body: env.REFRESH_TOKEN, signal });
  if (!response.ok) throw new Error(`the token endpoint returned ${response.status}`);
  return response.json();
}

export default {
  async fetch(request) {
    switch (new URL(request.url).pathname) {
      case "/server":
        return Response.json(await client.system.info());
      case "/me": {
        // A person's client lives for one request. It shares the other one's connection and retry budget.
        const authorization = request.headers.get("authorization") ?? "";
        const mine = client.withOptions({ headers: { authorization } });
        return Response.json(await mine.users.current({ signal: request.signal }));
      }
      case "/robot":
        return Response.json(await asRobot().users.current());
      default:
        return new Response(null, { status: 404 });
    }
  },
};
