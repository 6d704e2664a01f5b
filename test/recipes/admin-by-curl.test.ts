import { readFile } from "node:fs/promises";
import { createMockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { expect, it } from "vitest";

it("the guide's requests to the admin service are answered", async () => {
  await using listener = await listen(createMockServer(), { admin: true });
  const guide = await readFile("docs/testing.md", "utf8");
  const requests = [...guide.matchAll(/^curl -H "\$json" \$api\/(\w+) -d '(.*)'$/gm)];
  const answers = await Promise.all(
    requests.map(async ([, method, body = ""]) => {
      const headers = { "content-type": "application/json" };
      const url = `${listener.url}/tenantry.mock.v1.AdminService/${method}`;
      return [method, (await fetch(url, { method: "POST", headers, body })).status];
    }),
  );
  expect(answers).toEqual([
    ["Reset", 200],
    ["Seed", 200],
    ["SignInVydon", 200],
    ["InjectFault", 200],
    ["AdvanceClock", 200],
    ["ListCalls", 200],
  ]);
});
