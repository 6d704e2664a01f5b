import { execFile } from "node:child_process";
import { createServer } from "node:http2";
import { promisify } from "node:util";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { expect, it } from "vitest";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { program } from "../support/program.js";
import { listening } from "./support/until-test-ends.js";

it("an HTTP/2 connection keeps the process alive while a call waits, and not longer", async () => {
  const server = createServer(
    connectNodeAdapter({
      routes: (router) => router.service(UserAccountService, { getUser: () => ({ userId: "ada" }) }),
    }),
  );
  const { baseUrl } = await listening(server);
  const path = await program("test/node/call-twice.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [path, baseUrl], {
    timeout: 60_000,
  });
  expect(stdout).toBe("first ada\nsecond ada\n");
});
