import { createMockServer, type MockSeed } from "tenantry/mock";
import { expect, it } from "vitest";

/** What a part of a seed must be, as the error's text describes it, and values that it cannot be. */
interface Kind {
  readonly give: string;
  readonly wrong: readonly unknown[];
}

/** The kind of each field of a seed. A new field is a compile error here until it has one. The accounts below an account are left out. */
type Kinds<T> = T extends string | number | boolean | Date | undefined
  ? Kind
  : T extends readonly (infer Item)[]
    ? readonly [Kinds<Item>]
    : {
        readonly [Key in keyof T as T extends { name: string; accounts?: readonly T[] | undefined }
          ? Exclude<Key, "accounts">
          : Key]-?: Kinds<NonNullable<T[Key]>>;
      };

const text: Kind = { give: "a string that is not empty", wrong: ["", 5, null, ["text"]] };
const anyText: Kind = { give: "a string", wrong: [5, null, ["text"]] };
const flag: Kind = { give: "true or false", wrong: ["false", 0, null] };
const count: Kind = { give: "a whole number, 0 or more", wrong: [-1, 1.5, "1", null] };
const month: Kind = { give: "a whole number, from 1 to 12", wrong: [0, 13, 1.5, "1", null] };
const amount: Kind = { give: "a number, 0 or more", wrong: [-0.5, "1", null] };
const uuid: Kind = { give: "a UUID", wrong: ["1", "", 5, "00000000-0000-4000-8000-00000000000g"] };
const ulid: Kind = {
  give: "a ULID",
  // A ULID has 26 characters, no lower case and no U, and begins with 7 at most.
  wrong: ["1", 5, "01arz3ndektsv4rrffq69g5fa0", "01ARZ3NDEKTSV4RRFFQ69G5FAU", "81ARZ3NDEKTSV4RRFFQ69G5FA0"],
};
const duration: Kind = { give: 'a duration, such as "25h"', wrong: [true, null, {}] };
const date: Kind = { give: 'a date, such as "2026-01-31T12:00:00Z"', wrong: [5, true, null] };
const list: Kind = { give: "a list", wrong: [5, null, {}] };
const object: Kind = { give: "an object", wrong: [5, null, []] };

function oneOf(...known: string[]): Kind {
  return { give: `one of ${known.join(", ")}`, wrong: ["zzzzzz", "", 1, null] };
}

const vydonRole = oneOf("admin", "job_developer", "job_viewer", "job_executor");

const kinds: Kinds<Required<MockSeed>> = {
  vydon: {
    users: [{ email: text, name: anyText, image: anyText, id: uuid, registered: flag, token: text }],
    accounts: [
      {
        name: text,
        id: uuid,
        type: oneOf("personal", "team", "enterprise"),
        createdAt: date,
        members: [{ email: text, role: vydonRole }],
        invites: [{ email: text, role: vydonRole, token: text, from: text, expiresIn: duration }],
        subscription: oneOf("none", "active", "past_due", "unpaid"),
        billed: flag,
        apiKeys: [{ name: text, token: text, expiresIn: duration }],
      },
    ],
    workerKeys: [text],
  },
  ona: {
    accounts: [
      {
        email: text,
        name: anyText,
        id: uuid,
        avatarUrl: anyText,
        createdAt: date,
        organizationId: uuid,
        loginProvider: text,
        blocked: flag,
        token: text,
      },
    ],
    organizations: [
      {
        name: text,
        id: uuid,
        domain: text,
        inviteId: uuid,
        createdAt: date,
        tier: oneOf("free", "enterprise", "core", "free_ona"),
        members: [
          {
            email: text,
            role: oneOf("admin", "member"),
            status: oneOf("active", "suspended", "left"),
            userId: uuid,
            creditBudget: count,
            tokens: [{ token: text, id: uuid, description: anyText, readOnly: flag, expiresIn: duration }],
          },
        ],
        domains: [{ domain: text, id: uuid, verified: flag }],
        creditsEnabled: flag,
        creditUsage: [
          { email: text, credits: amount, type: oneOf("environment", "agentic"), at: date, resource: text },
        ],
      },
    ],
    sso: [{ domain: text, displayName: text, loginUrl: text }],
    providers: [{ provider: text, loginUrl: text, inviteId: uuid, domain: text }],
  },
  fam: {
    users: [
      { email: text, firstName: anyText, lastName: anyText, id: ulid, rootPermissions: [text], token: text },
    ],
    accounts: [
      {
        name: text,
        id: ulid,
        type: oneOf("ad_account", "business_manager", "enterprise", "agency"),
        status: oneOf("unverified", "pending", "verified"),
        createdAt: date,
        members: [{ email: text, relations: [text] }],
        invites: [{ email: text, relations: [text], token: text, from: text, expiresIn: duration }],
        cards: [{ brand: text, last4: text, expMonth: month, expYear: count, name: anyText }],
      },
    ],
  },
};

type Row = readonly [path: string, kind: Kind, seedWith: (value: unknown) => unknown];

function isKind(part: object): part is Kind {
  return "give" in part;
}

/** Returns each part of a seed, and how to build a seed that contains only this part. */
function rowsOf(part: object, path: string, seedWith: Row[2]): Row[] {
  if (isKind(part)) return [[path, part, seedWith]];
  if (Array.isArray(part)) {
    return [[path, list, seedWith], ...rowsOf(part[0], `${path}[0]`, (value) => seedWith([value]))];
  }
  const fields = Object.entries(part).flatMap(([key, field]) =>
    rowsOf(field, `${path}.${key}`, (value) => seedWith({ [key]: value })),
  );
  return [[path, object, seedWith], ...fields];
}

it("a seed is refused if two API keys of an account have the same name", () => {
  const apiKeys = [{ name: "nightly-sync" }, { name: "nightly-sync" }];
  const accounts = [
    { name: "bolts", apiKeys: [{ name: "nightly-sync" }] },
    { name: "acme", apiKeys },
  ];
  expect(() => createMockServer().seed({ vydon: { accounts } })).toThrow(
    "seed.vydon.accounts[1].apiKeys[1]: name nightly-sync is taken",
  );
});

it.each(rowsOf(kinds, "seed", (value) => value))(
  "a seed is refused if %s has a value of a wrong type",
  (path, { give, wrong }, seedWith) => {
    for (const value of wrong) {
      // As the file of `tenantry mock --seed`, which has no types.
      const seed: MockSeed = JSON.parse(JSON.stringify(seedWith(value)));
      expect(() => createMockServer().seed(seed)).toThrow(
        `${path} is ${JSON.stringify(value)}: give ${give}`,
      );
    }
  },
);
