import { expect, it } from "vitest";
import type { Json } from "../recording/recorded-call.js";
import { fieldDifferences } from "./field-differences.js";
import { Placeholders } from "./placeholders.js";

/** Returns the path, both values, and whether it belongs to an object from before the recording, of each difference. */
function differences(recorded: Json, mock: Json) {
  const whole = { path: "response", recorded, mock, isOfUnknown: false };
  return fieldDifferences(whole, new Placeholders(() => 0)).map((each) => Object.values(each));
}

const [ada, grace, joan] = [{ name: "Ada" }, { name: "Grace" }, { name: "Joan" }];

it.each<[string, Json, Json, unknown[][]]>([
  ["an empty list that is left out", {}, { users: [] }, []],
  ["a list whose order does not count", { users: [ada, grace] }, { users: [grace, ada] }, []],
  [
    "a list whose order counts",
    { scopes: ["a", "b"] },
    { scopes: ["b", "a"] },
    [["response.scopes", ["a", "b"], ["b", "a"], false]],
  ],
  [
    "an item of a list",
    { users: [ada, grace] },
    { users: [grace, joan] },
    [["response.users[0].name", "Ada", "Joan", false]],
  ],
  [
    "a further item",
    { users: [ada] },
    { users: [ada, joan] },
    [["response.users[]", undefined, joan, false]],
  ],
  [
    "an object from before the recording",
    { account: { id: "<uuid:1>" } },
    {},
    [["response.account", { id: "<uuid:1>" }, undefined, true]],
  ],
  [
    "an item from before the recording",
    { users: [{ id: "<uuid:1>" }, ada] },
    { users: [joan] },
    [
      ["response.users[0]", { id: "<uuid:1>" }, undefined, true],
      ["response.users[1].name", "Ada", "Joan", false],
    ],
  ],
])("two responses are compared by field: %s", (_what, recorded, mock, expected) => {
  expect(differences(recorded, mock)).toEqual(expected);
});
