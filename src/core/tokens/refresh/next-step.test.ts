import { expect, it } from "vitest";
import type { Stored } from "../stores/token-store.js";
import { nextStep, type SourceState } from "./next-step.js";

const stored: Stored = { v: 1, tokens: { accessToken: "a" }, revision: "1", sessionId: "ada" };
const fresh: SourceState = {
  sessionId: undefined,
  isSignedOut: false,
  unsaved: undefined,
  ownMarkPrefix: "own-",
  followSignIns: false,
  isFresh: () => false,
};
const unsaved: Stored = { ...stored, tokens: { accessToken: "b" }, revision: "2" };
const older: Stored = { ...stored, tokens: { accessToken: "0" }, revision: "0" };
const marked: Stored = { ...stored, revision: "3", refreshStartedAt: 1 };
const bob: Stored = { ...unsaved, sessionId: "bob" };
const yes = () => true;
const no = () => false;

const refreshUnsaved = { kind: "refresh", old: unsaved, expectedRevision: "1" };
const refreshBob = { kind: "refresh", old: bob, expectedRevision: "1" };
const refreshStored = { kind: "refresh", old: stored, expectedRevision: "1" };

it.each<[string, Stored | undefined, Partial<SourceState>, () => boolean, () => boolean, object]>([
  [
    "refreshes if the store is empty and there was no session yet",
    undefined,
    {},
    no,
    no,
    { kind: "refresh", old: undefined },
  ],
  ["ends the session if the store is empty", undefined, { sessionId: "ada" }, no, no, { kind: "signed-out" }],
  ["uses a stored token that is good", stored, {}, yes, no, { kind: "use", stored }],
  ["refreshes a stored token that is old", stored, {}, no, no, refreshStored],
  ["waits if another source is refreshing an old token", stored, {}, no, yes, { kind: "wait", stored }],
  [
    "refreshes an old token if the mark of a refresh is its own",
    stored,
    { ownMarkPrefix: "1" },
    no,
    yes,
    refreshStored,
  ],
  [
    "does not use the tokens of another session",
    stored,
    { sessionId: "bob" },
    yes,
    no,
    { kind: "other-session" },
  ],
  [
    "uses the tokens of another session with followSignIns",
    stored,
    { sessionId: "bob", followSignIns: true },
    yes,
    no,
    { kind: "use" },
  ],
  [
    "does not use the stored tokens of a session that it has ended",
    stored,
    { sessionId: "ada", isSignedOut: true },
    yes,
    no,
    { kind: "signed-out" },
  ],
  [
    "saves its unsaved tokens if the store has the tokens that they replace",
    stored,
    { unsaved: { stored: unsaved, replaced: [stored] } },
    yes,
    no,
    refreshUnsaved,
  ],
  [
    "saves its unsaved tokens even if the tokens that they replace have a mark",
    stored,
    { unsaved: { stored: unsaved, replaced: [marked] } },
    no,
    yes,
    refreshUnsaved,
  ],
  [
    "uses the stored tokens if they are newer than its unsaved ones",
    stored,
    { unsaved: { stored: unsaved, replaced: [older] } },
    yes,
    no,
    { kind: "use", stored },
  ],
  [
    "saves an unsaved sign-in if the store has the previous session",
    stored,
    { unsaved: { stored: bob, replaced: [older] } },
    yes,
    no,
    refreshBob,
  ],
  [
    "saves an unsaved sign-in over a session that it has never read",
    stored,
    { unsaved: { stored: bob, replaced: [null] } },
    yes,
    no,
    refreshBob,
  ],
  [
    "uses the stored tokens if they are of the same session as its unsaved sign-in",
    stored,
    { unsaved: { stored: unsaved, replaced: [null] } },
    yes,
    no,
    { kind: "use", stored },
  ],
  [
    "ends the session after a sign-out in another process, although it has unsaved tokens",
    undefined,
    { sessionId: "ada", unsaved: { stored: unsaved, replaced: [stored] } },
    no,
    no,
    { kind: "signed-out" },
  ],
])("%s", (_name, found, state, isFresh, isUnderWay, step) => {
  expect(nextStep(found, { ...fresh, ...state, isFresh }, isUnderWay)).toMatchObject(step);
});
