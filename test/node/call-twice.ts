// Calls a server twice over HTTP/2, without a deadline. Closes nothing.
import { nodeTransport } from "tenantry/node";
import { VydonClient } from "tenantry/vydon";

const [baseUrl = ""] = process.argv.slice(2);
const client = new VydonClient({ transport: nodeTransport({ baseUrl }), timeoutMs: 0 });
for (const which of ["first", "second"]) console.log(which, (await client.users.current()).id);
