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
  ["an empty store, and no session yet", undefined, {}, no, no, { kind: "refresh", old: undefined }],
  ["an empty store in a session", undefined, { sessionId: "ada" }, no, no, { kind: "signed-out" }],
  ["a good token", stored, {}, yes, no, { kind: "use", stored }],
  ["an old token", stored, {}, no, no, refreshStored],
  ["an old token that another source is refreshing", stored, {}, no, yes, { kind: "wait", stored }],
  ["an old token that this source is refreshing", stored, { ownMarkPrefix: "1" }, no, yes, refreshStored],
  ["another session", stored, { sessionId: "bob" }, yes, no, { kind: "other-session" }],
  ["another session to follow", stored, { sessionId: "bob", followSignIns: true }, yes, no, { kind: "use" }],
  [
    "a session that was ended",
    stored,
    { sessionId: "ada", isSignedOut: true },
    yes,
    no,
    { kind: "signed-out" },
  ],
  ["its predecessor", stored, { unsaved: { stored: unsaved, replaced: [stored] } }, yes, no, refreshUnsaved],
  [
    "its predecessor, marked",
    stored,
    { unsaved: { stored: unsaved, replaced: [marked] } },
    no,
    yes,
    refreshUnsaved,
  ],
  [
    "something newer",
    stored,
    { unsaved: { stored: unsaved, replaced: [older] } },
    yes,
    no,
    { kind: "use", stored },
  ],
  ["the session before", stored, { unsaved: { stored: bob, replaced: [older] } }, yes, no, refreshBob],
  ["another session, unseen", stored, { unsaved: { stored: bob, replaced: [null] } }, yes, no, refreshBob],
  [
    "the same session",
    stored,
    { unsaved: { stored: unsaved, replaced: [null] } },
    yes,
    no,
    { kind: "use", stored },
  ],
  [
    "nothing, after a sign-out elsewhere",
    undefined,
    { sessionId: "ada", unsaved: { stored: unsaved, replaced: [stored] } },
    no,
    no,
    { kind: "signed-out" },
  ],
])("the store has %s", (_name, found, state, isFresh, isUnderWay, step) => {
  expect(nextStep(found, { ...fresh, ...state, isFresh }, isUnderWay)).toMatchObject(step);
});
