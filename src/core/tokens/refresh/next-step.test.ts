import { expect, it } from "vitest";
import type { Stored } from "../stores/token-store.js";
import { anyRevision, type Memory, nextStep } from "./next-step.js";

const stored: Stored = { v: 1, tokens: { accessToken: "a" }, revision: "1", sessionId: "ada" };
const fresh: Memory = {
  sessionId: undefined,
  isOver: false,
  unsaved: undefined,
  ownMark: undefined,
  followSignIns: false,
};
const unsaved: Stored = { ...stored, tokens: { accessToken: "b" }, revision: "2" };
const yes = () => true;
const no = () => false;

const refreshUnsaved = { kind: "refresh", from: unsaved, expected: "1" };
const refreshStored = { kind: "refresh", from: stored, expected: "1" };

it.each<[string, Stored | undefined, Partial<Memory>, () => boolean, () => boolean, object]>([
  ["an empty store, and no session yet", undefined, {}, no, no, { kind: "refresh", from: undefined }],
  ["an empty store in a session", undefined, { sessionId: "ada" }, no, no, { kind: "signed-out" }],
  ["a good token", stored, {}, yes, no, { kind: "use", stored }],
  ["an old token", stored, {}, no, no, refreshStored],
  ["an old token that somebody is refreshing", stored, {}, no, yes, { kind: "wait", stored }],
  ["an old token that we are refreshing", stored, { ownMark: "1" }, no, yes, refreshStored],
  ["another session", stored, { sessionId: "bob" }, yes, no, { kind: "other-session" }],
  ["another session to follow", stored, { sessionId: "bob", followSignIns: true }, yes, no, { kind: "use" }],
  ["a session that was ended", stored, { sessionId: "ada", isOver: true }, yes, no, { kind: "signed-out" }],
  ["its predecessor", stored, { unsaved: { stored: unsaved, over: "1" } }, yes, no, refreshUnsaved],
  ["something newer", stored, { unsaved: { stored: unsaved, over: "0" } }, yes, no, { kind: "use", stored }],
  ["anything", stored, { unsaved: { stored: unsaved, over: anyRevision } }, yes, no, refreshUnsaved],
  [
    "nothing, after a sign-out elsewhere",
    undefined,
    { sessionId: "ada", unsaved: { stored: unsaved, over: "1" } },
    no,
    no,
    { kind: "signed-out" },
  ],
])("the store has %s", (_name, found, memory, isGood, isUnderWay, step) => {
  expect(nextStep(found, { ...fresh, ...memory }, isGood, isUnderWay)).toMatchObject(step);
});
