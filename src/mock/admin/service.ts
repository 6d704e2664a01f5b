import type { JsonObject } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { ConnectRouter, ServiceImpl } from "@connectrpc/connect";
import { AdminService } from "../../../gen/tenantry/mock/v1/admin_pb.js";
import { durationMs, timestampMs } from "../engine/time/protobuf.js";
import type { MockServer } from "../mock-server.js";
import { servedApis } from "../served-apis.js";
import { readCalls } from "./calls.js";
import { FaultsById } from "./faults.js";
import { signIns } from "./sign-ins.js";
import { unary } from "./unary.js";
import { type WorldsAtUrls, worldRpcs } from "./worlds.js";

/**
 * Puts a server's `tenantry.mock.v1.AdminService` on a router. Its calls are not logged, and faults do not apply to them. A mistake in a request
 * fails with `invalid_argument` and the text of the server's own error. `worlds` are the worlds of the server's listener.
 */
export function adminRoutes(server: MockServer, worlds: WorldsAtUrls, router: ConnectRouter): void {
  const { clock, calls } = server;
  const faults = new FaultsById(server.faults);
  const rpc = AdminService.method;

  const clockState = () => ({ clock: { now: timestampFromMs(clock.now()), running: clock.isRunning } });

  // It does not compile if an RPC is missing.
  const service: ServiceImpl<typeof AdminService> = {
    ...worldRpcs(worlds),

    seed: unary(rpc.seed, ({ seed = {} }) => {
      server.seed(toPlain(seed));
      return {};
    }),
    reset: unary(rpc.reset, () => {
      server.reset();
      return {};
    }),
    snapshot: unary(rpc.snapshot, () => ({ snapshot: toPlain<JsonObject>(server.snapshot()) })),
    restore: unary(rpc.restore, ({ snapshot = {} }) => {
      server.restore(toPlain(snapshot));
      return {};
    }),

    getClock: unary(rpc.getClock, clockState),
    advanceClock: unary(rpc.advanceClock, ({ by, duration }) => {
      if (by !== undefined && duration !== undefined) throw new Error("give by or duration, not both");
      clock.advance(duration ?? durationMs(given(by, 'duration, such as "25h",')));
      return clockState();
    }),
    setClock: unary(rpc.setClock, ({ to }) => {
      clock.set(timestampMs(given(to, "to")));
      return clockState();
    }),
    freezeClock: unary(rpc.freezeClock, () => {
      clock.freeze();
      return clockState();
    }),
    runClock: unary(rpc.runClock, () => {
      clock.run();
      return clockState();
    }),

    injectFault: unary(rpc.injectFault, ({ fault }) => ({ id: faults.inject(given(fault, "fault")) })),
    listFaults: unary(rpc.listFaults, () => ({ faults: faults.list() })),
    clearFaults: unary(rpc.clearFaults, ({ ids }) => {
      faults.clear(ids);
      return {};
    }),

    listCalls: unary(rpc.listCalls, (request) => ({ calls: readCalls(server, request) })),
    clearCalls: unary(rpc.clearCalls, () => {
      calls.clear();
      return {};
    }),

    listApis: unary(rpc.listApis, () => ({ apis: servedApis(server) })),
    ...signIns(server),
  };
  router.service(AdminService, service);
}

function given<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`${name} is missing`);
  return value;
}

/** Copies the JSON of a message into plain JSON. The server checks it. */
function toPlain<T>(json: unknown): T {
  return JSON.parse(JSON.stringify(json));
}
