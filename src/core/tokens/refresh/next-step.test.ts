import { expect, it } from "vitest";
import type { Stored } from "../stores/token-store.js";
import { type Memory, nextStep } from "./next-step.js";

const stored: Stored = { v: 1, tokens: { accessToken: "a" }, revision: "1", sessionId: "ada" };
const fresh: Memory = {
  sessionId: undefined,
  isOver: false,
  unsaved: undefined,
  markPrefix: "own-",
  followSignIns: false,
};
const unsaved: Stored = { ...stored, tokens: { accessToken: "b" }, revision: "2" };
const older: Stored = { ...stored, tokens: { accessToken: "0" }, revision: "0" };
const marked: Stored = { ...stored, revision: "3", refreshStartedAt: 1 };
const bob: Stored = { ...unsaved, sessionId: "bob" };
const yes = () => true;
const no = () => false;

const refreshUnsaved = { kind: "refresh", from: unsaved, expected: "1" };
const refreshBob = { kind: "refresh", from: bob, expected: "1" };
const refreshStored = { kind: "refresh", from: stored, expected: "1" };

it.each<[string, Stored | undefined, Partial<Memory>, () => boolean, () => boolean, object]>([
  ["an empty store, and no session yet", undefined, {}, no, no, { kind: "refresh", from: undefined }],
  ["an empty store in a session", undefined, { sessionId: "ada" }, no, no, { kind: "signed-out" }],
  ["a good token", stored, {}, yes, no, { kind: "use", stored }],
  ["an old token", stored, {}, no, no, refreshStored],
  ["an old token that somebody is refreshing", stored, {}, no, yes, { kind: "wait", stored }],
  ["an old token that we are refreshing", stored, { markPrefix: "1" }, no, yes, refreshStored],
  ["another session", stored, { sessionId: "bob" }, yes, no, { kind: "other-session" }],
  ["another session to follow", stored, { sessionId: "bob", followSignIns: true }, yes, no, { kind: "use" }],
  ["a session that was ended", stored, { sessionId: "ada", isOver: true }, yes, no, { kind: "signed-out" }],
  ["its predecessor", stored, { unsaved: { stored: unsaved, over: [stored] } }, yes, no, refreshUnsaved],
  [
    "its predecessor, marked",
    stored,
    { unsaved: { stored: unsaved, over: [marked] } },
    no,
    yes,
    refreshUnsaved,
  ],
  [
    "something newer",
    stored,
    { unsaved: { stored: unsaved, over: [older] } },
    yes,
    no,
    { kind: "use", stored },
  ],
  ["the session before", stored, { unsaved: { stored: bob, over: [older] } }, yes, no, refreshBob],
  ["another session, unseen", stored, { unsaved: { stored: bob, over: [null] } }, yes, no, refreshBob],
  [
    "the same session",
    stored,
    { unsaved: { stored: unsaved, over: [null] } },
    yes,
    no,
    { kind: "use", stored },
  ],
  [
    "nothing, after a sign-out elsewhere",
    undefined,
    { sessionId: "ada", unsaved: { stored: unsaved, over: [stored] } },
    no,
    no,
    { kind: "signed-out" },
  ],
])("the store has %s", (_name, found, memory, isGood, isUnderWay, step) => {
  expect(nextStep(found, { ...fresh, ...memory }, isGood, isUnderWay)).toMatchObject(step);
});
