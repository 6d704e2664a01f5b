// CommonJS with `node16`: the declarations for `require`.
import { type ApiError, NotFoundError, VydonClient } from "tenantry";

import mock = require("tenantry/mock");

const server: mock.MockServer = mock.createMockServer();
const client: VydonClient = new VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect());

export async function isMissing(accountId: string): Promise<boolean> {
  const reason: unknown = await client.members
    .list(accountId)
    .first()
    .catch((error: ApiError) => error);
  return reason instanceof NotFoundError;
}
