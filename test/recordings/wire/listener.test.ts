import { type Listener, listen } from "tenantry/mock/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readRecording } from "./exchange.js";
import { knownDifferences } from "./known-differences.js";
import { expectAsRecorded, recordedServer, recordings, token } from "./replay.js";
import { sendHttp1, sendHttp2 } from "./send.js";

describe.each(recordings)("a listener returns the recorded responses of %s", (name, options) => {
  let listener: Listener;
  beforeAll(async () => {
    listener = await listen(recordedServer(options), { cors: false });
  });
  afterAll(() => listener.close());

  it.each(readRecording(name, token))("$probe", async (exchange) => {
    const send = exchange.http === 2 ? sendHttp2 : sendHttp1;
    expectAsRecorded(exchange, await send(listener.port, exchange.request), true);
  });
});

it("every known difference names recorded exchanges", () => {
  const recorded = recordings.flatMap(([name]) => readRecording(name, token).map(({ probe }) => probe));
  for (const { probes, reason } of knownDifferences) {
    expect(recorded, reason).toEqual(expect.arrayContaining([...probes]));
  }
});
