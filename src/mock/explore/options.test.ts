import { VydonClient } from "tenantry";
import { describe, expect, it } from "vitest";
import type { MockServer } from "../mock-server.js";
import { createMockServer } from "../server.js";
import { explore } from "./explore.js";
import type { ExploreOptions } from "./options.js";

describe("the options of explore", () => {
  const test = (world: MockServer) =>
    new VydonClient(world.vydon.signIn({ email: "ada@example.com" }).connect()).users.current();

  it.each<[object, string]>([
    [{ runs: 0 }, "options.runs is 0: give a whole number, 1 or more"],
    [{ runs: "many" }, 'options.runs is "many": give a whole number, 1 or more'],
    [{ randomSeed: -1 }, "options.randomSeed is -1: give a whole number, 0 or more"],
    [
      { faults: ["lost_respons"] },
      'options.faults[0] is "lost_respons": give one of unavailable_before_commit, ',
    ],
    [{ faults: ["lost_respons"] }, '(did you mean "lost_response"?)'],
    [{ faults: [] }, "options.faults is []: give at least one fault"],
    [{ faults: ["second_actor"] }, "options.faults has second_actor: give options.actor, too"],
    [{ actor: "grace" }, 'options.actor is "grace": give a function'],
    [{ timeoutMs: 0 }, "options.timeoutMs is 0: give a whole number, 1 or more"],
    [
      { signal: new AbortController() },
      "options.signal is {}: give an AbortSignal, such as controller.signal",
    ],
    [{ onyl: "" }, 'options.onyl is not known: did you mean "only"?'],
    [{ only: "" }, 'options.only is "": give a string that is not empty'],
    [
      { only: "lost_respons on vydon.GetUser #1" },
      'options.only is "lost_respons on vydon.GetUser #1": give a case from a report, such as "lost_response on CreateTeamAccount #1" (did you mean "lost_response"?)',
    ],
    [{ only: "lost_response after vydon.GetUser #1" }, "give a case from a report"],
    [{ only: "lost_response on vydon.GetUser #0" }, "give a case from a report"],
    [
      { only: "second_actor after vydon.GetUser #1" },
      "options.only is a case of second_actor: give options.actor, too",
    ],
    [
      { only: "lost_response on vydon.GetUser #2" },
      'options.only is "lost_response on vydon.GetUser #2", but there is no vydon.GetUser #2: without a fault the test calls vydon.GetUser #1',
    ],
    [
      { only: "second_actor after vydon.GetUser #1", actor: () => {} },
      'options.only is "second_actor after vydon.GetUser #1", but second_actor cannot hit vydon.GetUser #1',
    ],
  ])("%j is refused", async (options: ExploreOptions, text) => {
    await expect(explore(createMockServer(), test, options)).rejects.toThrow(text);
  });

  it("needs a mock server and a function", async () => {
    const server = createMockServer();
    await expect(explore({ ...server }, test)).rejects.toThrow(
      "server is not a mock server: give one that createMockServer",
    );
    await expect(Reflect.apply(explore, undefined, [server])).rejects.toThrow("test is not a function");
  });
});
