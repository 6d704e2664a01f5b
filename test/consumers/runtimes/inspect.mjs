// `console.log` prints the class names of the docs, in both builds.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { inspect } from "node:util";
import * as esm from "tenantry";

const cjs = createRequire(import.meta.url)("tenantry");

for (const tenantry of [esm, cjs]) {
  const { VydonClient, OnaClient, FamClient, refreshableToken } = tenantry;
  const auth = refreshableToken({ refresh: () => ({ accessToken: "unused" }) });
  const vydon = new VydonClient({ baseUrl: "https://vydon.example.com", auth });
  assert.match(
    inspect(vydon),
    /^VydonClient { baseUrl: "https:\/\/vydon.example.com", users, accounts, .* }$/,
  );
  assert.equal(inspect(vydon.withOptions({ timeoutMs: 1 })), inspect(vydon));
  assert.match(
    inspect(new OnaClient()),
    /^OnaClient { baseUrl: "https:\/\/app.ona.com\/api", accounts, .* }$/,
  );
  assert.equal(
    inspect(new FamClient({ baseUrl: "https://fam.example.com" })),
    'FamClient { baseUrl: "https://fam.example.com", accounts, members, invites, billing }',
  );
  assert.equal(inspect(vydon.members.list("acme")), "List { await it, or iterate it }");
  assert.match(inspect(vydon.members), /^VydonMembers \{/);
  assert.match(inspect(auth), /^RefreshableTokenSource \{/);

  for (const [name, value] of Object.entries(tenantry)) {
    if (typeof value === "function" && /^class\b/.test(String(value))) assert.equal(value.name, name);
  }
}
