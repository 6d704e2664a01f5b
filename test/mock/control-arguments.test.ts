import { createMockServer } from "tenantry/mock";
import { expect, it } from "vitest";

const email = "ada@example.com";

function seeded() {
  const server = createMockServer();
  server.seed({ ona: { organizations: [{ name: "Acme", members: [{ email }] }] } });
  return server;
}

// What a test in JavaScript passes if it takes it from the wrong place.
it.each([undefined, null, 42, {}])(
  "a control refuses %j, because it does not name a person, and changes nothing",
  (wrong) => {
    const server = seeded();
    const before = server.snapshot();
    for (const [message, api, control, ...given] of [
      [/^idOrEmail is .*: give a string/, "ona", "account", wrong],
      [/^idOrEmail is .*: give a string/, "ona", "setBlocked", wrong, "admin"],
      [/^idOrEmail is .*: give a string/, "ona", "leave", server.ona.organization("Acme").id, wrong],
      [/^emailOrUserId is .*: give a string/, "ona", "member", "Acme", wrong],
      [/^idOrDomain is .*: give a string/, "ona", "addDnsRecord", wrong],
      [/^idOrEmail is .*: give a string/, "fam", "user", wrong],
      [/^token is .*: give a string/, "vydon", "revoke", wrong],
      [/^token is .*: give a string/, "ona", "revoke", wrong],
      [/^token is .*: give a string/, "fam", "revoke", wrong],
    ] as const) {
      expect(() => Reflect.apply(Reflect.get(server[api], control), server[api], given)).toThrow(message);
    }
    expect(server.snapshot()).toEqual(before);
  },
);

it("server.ona.leave accepts a name and an email, and refuses what does not exist", () => {
  const server = seeded();
  expect(() => server.ona.leave("Ajax", email)).toThrow('there is no organization "Ajax" on this server');
  expect(() => server.ona.leave("Acme", "grace@example.com")).toThrow(
    'there is no account "grace@example.com"',
  );
  server.ona.leave("Acme", email);
  expect(() => server.ona.signIn({ email, organization: "Acme" })).toThrow("is not a member");
  // A second time does nothing.
  server.ona.leave("Acme", email);
});

it.each([undefined, 5, ""])("server.ona.setBlocked refuses the reason %j, and changes nothing", (wrong) => {
  const server = seeded();
  const before = server.snapshot();
  const { ona } = server;
  expect(() => Reflect.apply(ona.setBlocked, ona, [email, wrong])).toThrow(/^reason is /);
  expect(server.snapshot()).toEqual(before);
});

it("server.ona.addOrganization adds all of an organization or nothing", () => {
  const server = createMockServer();
  const before = server.snapshot();
  const members = [{ email }, { email: "ADA@example.com" }];
  expect(() => server.ona.addOrganization({ name: "Acme", members })).toThrow("is a member already");
  expect(server.snapshot()).toEqual(before);
});

it("server.fam.user accepts an email and an id, and refuses what does not exist", () => {
  const { fam } = seeded();
  expect(() => fam.user(email)).toThrow(`there is no user "${email}" on this server`);
  const { userId } = fam.signIn({ email });
  expect(fam.user(userId)).toBe(fam.user(email));
});

it.each(["5", Number.NaN, -1, undefined])(
  "server.vydon.ageAccount refuses %s days, and changes nothing",
  (wrong) => {
    const server = createMockServer();
    server.seed({ vydon: { accounts: [{ name: "acme" }] } });
    const before = server.snapshot();
    const { vydon } = server;
    expect(() => Reflect.apply(vydon.ageAccount, vydon, ["acme", wrong])).toThrow(
      /^days is .*: give a number, 0 or more/,
    );
    expect(server.snapshot()).toEqual(before);
  },
);
