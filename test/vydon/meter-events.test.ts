import { CanceledError, type CommonOptions, NetworkError, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { expect, it } from "vitest";
import { apiErrorOf } from "../support/promises.js";

/** Creates a server with a team, and a worker's client that records the team's usage. */
async function world(options: CommonOptions = {}) {
  const server = createMockServer();
  const { fetch, clock } = server;
  const connect = (auth: string) =>
    new VydonClient({ baseUrl: "https://vydon.example.com", fetch, clock, auth, ...options });
  const ada = connect(server.vydon.signIn({ email: "ada@example.com" }).token);
  const { accountId } = await ada.accounts.createTeam({ name: "acme" });
  const { billing } = connect(server.vydon.workerKey().token);
  const recorded = () => server.vydon.meterEvents(accountId).map(({ id, value }) => [id, value]);
  return { server, accountId, billing, recorded };
}

const usage = { eventName: "records", value: 1_200 };

it("recordMeterEvent() counts an event once if its response is lost and the caller retries with `error.eventId`", async () => {
  const { server, accountId, billing, recorded } = await world();
  const fault = server.faults.inject({ method: "SetBillingMeterEvent", wire: "lost_response" });
  const error = await apiErrorOf(billing.recordMeterEvent(accountId, usage));
  expect(error).toBeInstanceOf(NetworkError);
  const { eventId } = error;
  expect(recorded()).toEqual([[eventId, "1200"]]);

  fault.remove();
  expect(await billing.recordMeterEvent(accountId, { ...usage, eventId })).toEqual({ eventId });
  expect(recorded()).toEqual([[eventId, "1200"]]);
});

it("recordMeterEvent() rejects with an error whose JSON has the event id", async () => {
  const { server, accountId, billing } = await world({ retry: false });
  server.faults.inject({ method: "SetBillingMeterEvent", wire: "lost_response" });
  const error = await apiErrorOf(billing.recordMeterEvent(accountId, usage));
  expect(JSON.parse(JSON.stringify(error))).toMatchObject({ name: "NetworkError", eventId: error.eventId });
});

it("recordMeterEvent() rejects with the event id in every error, also from withResponse() and in hooks", async () => {
  const seen: Error[] = [];
  const { server, accountId, billing } = await world({ hooks: { onError: ({ error }) => seen.push(error) } });
  const event = { ...usage, eventId: "job-42" };
  for (const fault of [
    { code: "internal" } as const,
    { wire: "wrong_content_type" } as const,
    { wire: "cut_json" } as const,
  ]) {
    server.faults.inject({ method: "SetBillingMeterEvent", times: 1, ...fault });
    const error = await apiErrorOf(billing.recordMeterEvent(accountId, event).withResponse());
    expect(error.eventId).toBe("job-42");
    expect(seen.pop()).toBe(error);
  }
  const controller = new AbortController();
  const aborted = apiErrorOf(billing.recordMeterEvent(accountId, event, { signal: controller.signal }));
  controller.abort();
  const error = await aborted;
  expect(error).toBeInstanceOf(CanceledError);
  expect(error.eventId).toBe("job-42");
});

it("the errors of other calls have no event id", async () => {
  const { server, accountId, billing } = await world();
  server.faults.inject({ code: "internal" });
  const error = await apiErrorOf(billing.status(accountId));
  expect(error.eventId).toBeUndefined();
  expect(error).not.toHaveProperty("eventId");
});
