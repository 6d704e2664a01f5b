import { describe, expect, it } from "vitest";
import { explains, knownDifferences } from "./known-differences.js";
import { isLever, readRecording, recordingNames } from "./read-recording.js";
import { replay } from "./replay.js";
import { report } from "./report.js";

/** The maximum number of calls of a recording that may differ for known reasons. */
const mostDifferences = 8;

const replays = await Promise.all(
  recordingNames().map(async (name) => ({ name, calls: await replay(readRecording(name)) })),
);

describe.each(replays)("the mock compared with the real server in $name", ({ calls }) => {
  it("returns the same response to every call, except for the known differences", () => {
    const unexplained = calls.flatMap((call, index) =>
      call.differences.length > 0 && !knownDifferences.some((known) => explains(known, call))
        ? [report(calls, index)]
        : [],
    );
    expect(unexplained.join("\n\n")).toBe("");
  });

  it.each(knownDifferences)("still has the known difference: $what", (known) => {
    const stale = calls.filter((call) => known.isAbout(call) && !explains(known, call));
    expect(stale.map(({ call }) => `step ${call.step} no longer differs, or in another way`)).toEqual([]);
  });

  it(`has at most ${mostDifferences} calls that differ`, () => {
    const different = calls.filter(({ differences }) => differences.length > 0);
    expect(different.map(({ call }) => call.step).length).toBeLessThanOrEqual(mostDifferences);
  });
});

it.each(knownDifferences)("at least one recording has the known difference: $what", (known) => {
  expect(replays.some(({ calls }) => calls.some((call) => known.isAbout(call)))).toBe(true);
});

describe("replay()", () => {
  const recording = readRecording("scenario-cloud-rbac");

  it("finds differences in code, response, text and details, and reports the request, both responses and the calls before", async () => {
    const changed = recording.steps.slice(0, 55).map((step) => {
      if (isLever(step)) return step;
      if (step.step === 16) return { ...step, details: null };
      if (step.step === 20) return { ...step, code: "unknown", message: "unable to find nobody" };
      return step.step === 53 ? { ...step, response: { userId: "<uuid:2>" } } : step;
    });
    const calls = await replay({ ...recording, steps: changed });
    const different = calls.filter(({ differences }) => differences.length > 0);
    expect(different.map(({ call, differences }) => [call.step, ...differences])).toEqual([
      [16, "details"],
      [19, "text"],
      [20, "code", "text"],
      [53, "response"],
    ]);
    const text = report(calls, 19);
    expect(text).toContain("step 20 (unregistered: before SetUser) differs in code, text");
    expect(text).toContain("POST /mgmt.v1alpha1.UserAccountService/GetUser as ada {}");
    expect(text).toMatch(/recorded .*"unable to find nobody"/);
    expect(text).toMatch(/mock .*"unable to find user"/);
    expect(text).toContain("19 IsUserInAccount as nobody { -> 400 invalid_argument");
  });
});
