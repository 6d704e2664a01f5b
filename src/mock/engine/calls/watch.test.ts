import { createClient } from "@connectrpc/connect";
import { expect, it } from "vitest";
import { UserAccountService } from "../../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { createMockServer } from "../../server.js";

function signedIn() {
  const server = createMockServer();
  const client = createClient(UserAccountService, server.transport());
  const headers = { authorization: `Bearer ${server.vydon.signIn({ email: "ada@example.com" }).token}` };
  return { server, client, headers };
}

/** Runs `act`. Returns the messages of the errors that no code caught. */
async function uncaughtDuring(act: () => Promise<unknown>): Promise<string[]> {
  const messages: string[] = [];
  process.setUncaughtExceptionCaptureCallback((error) => messages.push(error.message));
  try {
    await act();
    await new Promise(setImmediate);
  } finally {
    process.setUncaughtExceptionCaptureCallback(null);
  }
  return messages;
}

it("watch() calls back with each call when it has ended, until it is stopped", async () => {
  const { server, client, headers } = signedIn();
  const told: string[] = [];
  const stop = server.calls.watch(({ method, response, error, durationMs }) => {
    told.push(`${method} ${error?.rawMessage ?? response?.$typeName} ${durationMs}`);
  });

  await client.getUser({}, { headers });
  await client.getUser({}).catch(() => {});
  server.faults.inject({ latencyMs: 40, times: 1 });
  await client.getUser({}, { headers });
  server.faults.inject({ code: "aborted", latencyMs: 2, times: 1 });
  await client.getUser({}, { headers }).catch(() => {});
  expect(told).toEqual([
    "GetUser mgmt.v1alpha1.GetUserResponse 0",
    "GetUser must provide valid bearer token 0",
    "GetUser mgmt.v1alpha1.GetUserResponse 40",
    "GetUser injected fault 2",
  ]);

  stop();
  await client.getUser({}, { headers });
  expect(told).toHaveLength(4);
});

it.each([
  ["succeeds", {}, undefined],
  ["fails", { code: "aborted" } as const, "[aborted] injected fault"],
  ["is late", { latencyMs: 40 }, undefined],
  ["is late and fails", { code: "aborted", latencyMs: 40 } as const, "[aborted] injected fault"],
])("a callback that throws does not change a call that %s", async (_how, fault, message) => {
  const { server, client, headers } = signedIn();
  if (Object.keys(fault).length > 0) server.faults.inject(fault);
  const ended: string[] = [];
  server.calls.watch(({ method }) => {
    throw new Error(`the first callback fails at ${method}`);
  });
  server.calls.watch(({ method }) => ended.push(method));

  let error: unknown;
  const uncaught = await uncaughtDuring(async () => {
    error = await client.getUser({}, { headers }).then(
      () => undefined,
      (reason: Error) => reason.message,
    );
  });
  expect(error).toBe(message);
  expect(ended).toEqual(["GetUser"]);
  expect(server.calls.all()[0]?.error?.message).toBe(message);
  // A test runner reports the mistake.
  expect(uncaught).toEqual(["the first callback fails at GetUser"]);
});

it("a watcher that is started again during a call gets each call once", async () => {
  const { server, client, headers } = signedIn();
  const told: string[] = [];
  const watch = () => {
    const stop = server.calls.watch(({ method }) => {
      if (told.push(method) > 10) return;
      stop();
      watch();
    });
  };
  watch();
  await client.getUser({}, { headers });
  await client.getUser({}, { headers });
  expect(told).toEqual(["GetUser", "GetUser"]);
});

it("a watcher that another one has stopped gets no more calls", async () => {
  const { server, client, headers } = signedIn();
  const told: string[] = [];
  server.calls.watch(() => stop());
  const stop = server.calls.watch(({ method }) => told.push(method));
  await client.getUser({}, { headers });
  expect(told).toEqual([]);
});
