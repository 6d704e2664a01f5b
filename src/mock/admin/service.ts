import type {
  DescMessage,
  DescMethodUnary,
  JsonObject,
  MessageInitShape,
  MessageShape,
} from "@bufbuild/protobuf";
import { durationMs, timestampFromMs, timestampMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, type ConnectRouter, type ServiceImpl } from "@connectrpc/connect";
import { AdminService } from "../../../gen/tenantry/mock/v1/admin_pb.js";
import { checkRules } from "../engine/rules.js";
import type { MockSnapshot } from "../engine/state/snapshot.js";
import type { MockServer } from "../mock-server.js";
import type { MockSeed } from "../options.js";
import { readCalls } from "./calls.js";
import { FaultDesk } from "./faults.js";

/** Puts a server's admin service on a router. */
export function adminRoutes(server: MockServer, router: ConnectRouter): void {
  router.service(AdminService, createAdminService(server));
}

/**
 * What answers `tenantry.mock.v1.AdminService` for a server. Its calls are neither logged nor struck by faults; whatever a
 * request gets wrong is `invalid_argument`, with the text that the server itself gives.
 */
function createAdminService(server: MockServer): ServiceImpl<typeof AdminService> {
  const { clock, calls, vydon, ona, fam } = server;
  const faults = new FaultDesk(server.faults);
  const rpc = AdminService.method;

  const now = () => ({ clock: { now: timestampFromMs(clock.now()), running: clock.isRunning } });

  return {
    seed: unary(rpc.seed, ({ seed = {} }) => {
      server.seed(asText<MockSeed>(seed));
      return {};
    }),
    reset: unary(rpc.reset, () => {
      server.reset();
      return {};
    }),
    snapshot: unary(rpc.snapshot, () => ({ snapshot: asText<JsonObject>(server.snapshot()) })),
    restore: unary(rpc.restore, ({ snapshot = {} }) => {
      server.restore(asText<MockSnapshot>(snapshot));
      return {};
    }),

    getClock: unary(rpc.getClock, now),
    advanceClock: unary(rpc.advanceClock, ({ by }) => {
      clock.advance(durationMs(given(by, "by")));
      return now();
    }),
    setClock: unary(rpc.setClock, ({ to }) => {
      clock.set(timestampMs(given(to, "to")));
      return now();
    }),
    freezeClock: unary(rpc.freezeClock, () => {
      clock.freeze();
      return now();
    }),
    runClock: unary(rpc.runClock, () => {
      clock.run();
      return now();
    }),

    injectFault: unary(rpc.injectFault, ({ fault }) => ({ id: faults.inject(given(fault, "fault")) })),
    listFaults: unary(rpc.listFaults, () => ({ faults: faults.list() })),
    clearFaults: unary(rpc.clearFaults, ({ ids }) => {
      faults.clear(ids);
      return {};
    }),

    listCalls: unary(rpc.listCalls, (request) => ({ calls: readCalls(calls, request) })),
    clearCalls: unary(rpc.clearCalls, () => {
      calls.clear();
      return {};
    }),

    signInVydon: unary(rpc.signInVydon, ({ email, name, registered, expiresIn }) => {
      const { token, userId } = vydon.signIn({
        email,
        ...(name !== undefined && { name }),
        ...(registered !== undefined && { registered }),
        ...(expiresIn !== undefined && { expiresIn: durationMs(expiresIn) }),
      });
      return { token, userId };
    }),
    signInOna: unary(rpc.signInOna, ({ email, name, expiresIn }) => {
      const { token, accountId } = ona.signIn({
        email,
        ...(name !== undefined && { name }),
        ...(expiresIn !== undefined && { expiresIn: durationMs(expiresIn) }),
      });
      return { token, accountId };
    }),
    signInFam: unary(rpc.signInFam, ({ email, firstName, lastName, expiresIn }) => {
      const { token, refreshToken, expiresAt, userId } = fam.signIn({
        email,
        ...(firstName !== undefined && { firstName }),
        ...(lastName !== undefined && { lastName }),
        ...(expiresIn !== undefined && { expiresIn: durationMs(expiresIn) }),
      });
      return { token, refreshToken, expiresAt: timestampFromMs(expiresAt), userId };
    }),
  };
}

/** An RPC whose request is checked by the schema's rules, and whose every mistake is the caller's. */
function unary<I extends DescMessage, O extends DescMessage>(
  { input }: DescMethodUnary<I, O>,
  act: (request: MessageShape<I>) => MessageInitShape<O>,
): (request: MessageShape<I>) => MessageInitShape<O> {
  return (request) => {
    checkRules(input, request);
    try {
      return act(request);
    } catch (error) {
      throw ConnectError.from(error, Code.InvalidArgument);
    }
  };
}

function given<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`${name} is missing`);
  return value;
}

/** Takes JSON for what it is meant to be; the server looks at it. */
function asText<T>(json: unknown): T {
  return JSON.parse(JSON.stringify(json));
}
