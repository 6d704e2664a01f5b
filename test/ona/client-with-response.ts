import { OnaClient } from "tenantry";
import { canned } from "../json/canned.js";

/** Creates a client that gets this response to every call. `requests` contains the calls. */
export function clientWithResponse(response: unknown) {
  const { fetch, requests } = canned(JSON.stringify(response));
  return { client: new OnaClient({ auth: "pat", fetch }), requests };
}
