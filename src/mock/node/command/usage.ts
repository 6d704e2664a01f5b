import { apiNames } from "../../apis.js";

/** The help text. */
export const usage = `Usage: tenantry mock [options]
       tenantry verify RECORDING [options]    replays a recording (see tenantry verify --help)

Starts a server in memory that behaves like the real ones, and prints its URL and tokens. For each call, it prints a line
with the time, the API and the method, the caller, the outcome and the milliseconds. The server's clock runs in real time.

  -p, --port PORT     the port; 0 for any free port (default 4010)
      --host HOST     the address (default 127.0.0.1)
      --allowed-hosts NAMES
                      other names of this machine, separated by commas; a request with an unknown name may not control
                      the server
      --api NAMES     the APIs to serve, separated by commas (default ${apiNames.join(",")})
      --seed FILE     a JSON file with the data on the server before the first call
      --no-cloud      Vydon behaves as a self-hosted server, without billing (default --cloud)
      --no-rbac       every member of a Vydon account may do everything (default --rbac)
      --no-auth       Vydon accepts calls without a token, and has one user and no teams (default --auth)
      --flavor NAME   the vendor whose error texts Vydon returns: vydon or neosync (default vydon)
      --latency MS    the latency of every response: milliseconds, or a duration such as 1.5s (default 0)
      --faults FILE   a JSON file of faults, which make calls fail
      --record FILE   a file to write every call to, as lines of JSON, with its request as it was sent. Only the user may
                      read the file. A file that is not empty is not overwritten
      --force         overwrite the file of --record
      --admin         serve tenantry.mock.v1.AdminService and /worlds, which control the server (default if only this
                      machine can connect, as with 127.0.0.1; --no-admin never serves them)
      --request-ids   send an x-request-id with the response to each call; the recorded servers send none
      --lenient       also accept the requests of older vendor SDKs
      --quiet         print no line for each call
      --proxy URL     instead of a mock: pass calls of the Connect protocol on to the real server with this base URL
                      (no gRPC and no gRPC-Web). It can be combined with --port, --host, --quiet and --record. With
                      --record FILE, the calls are recorded for tenantry verify. Tokens, emails, names and ids are
                      replaced before they are written
      --allow-insecure-auth
                      let the proxy send tokens over plain http to another machine
      --version       print the version of tenantry
  -h, --help          print this help

Tests run in parallel against one server if each has a world: an isolated copy of the seed.

  curl http://127.0.0.1:4010/worlds -d '{ "name": "checkout-7" }'

Its base URL is http://127.0.0.1:4010/w/checkout-7. A call with a token of the world reaches it without the path.
A world ends after an hour without a call, or with curl -X DELETE http://127.0.0.1:4010/worlds/checkout-7.

Example of a seed file:

  { "vydon": { "accounts": [{ "name": "acme", "members": [{ "email": "ada@example.com" }] }] } }

Example of a file of faults:

  [{ "method": "GetTeamAccountMembers", "code": "unavailable", "every": 3 }, { "wire": "html_502", "times": 1 }]
`;
