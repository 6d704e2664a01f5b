import { describe, expect, it } from "vitest";
import { Times } from "./times.js";

const times = () => new Times(Date.parse("2026-02-01T00:00:00Z"));

describe("a time in a recording", () => {
  it.each([
    ["2026-02-01T01:30:00Z", "<now+1.5h>"],
    ["2026-02-01T10:00:00Z", "<now+10h>"],
    ["2026-01-31T22:00:00Z", "<now-2h>"],
  ])("is relative to the call in a request: %s", (time, placeholder) => {
    expect(times().inRequest(time)).toBe(placeholder);
  });

  it.each([
    ["2026-02-02T00:00:00.4Z", "<now+24h>"],
    ["2026-02-02T00:00:00.6Z", "<time>"],
    ["2026-02-01T00:00:00.1Z", "<time>"],
    ["2026-01-31T22:00:00Z", "<time>"],
  ])("is relative in a response only if it is whole hours after the call: %s", (time, placeholder) => {
    expect(times().inResponse(time)).toBe(placeholder);
  });

  it("has the same placeholder in the response as in the request, even if the server rounds it to seconds", () => {
    const both = times();
    both.inRequest("2026-02-01T01:30:00.700Z");
    expect(both.inResponse("2026-02-01T01:30:00Z")).toBe("<now+1.50019h>");
    expect(both.inResponse("2026-02-01T01:30:02Z")).toBe("<time>");
  });
});
