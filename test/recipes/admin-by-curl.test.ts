import { readFile } from "node:fs/promises";
import { createMockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { expect, it } from "vitest";

it("the guide's curl commands for worlds get the responses that it shows", async () => {
  await using listener = await listen(createMockServer(), { admin: true });
  const guide = await readFile("docs/testing/worlds.md", "utf8");
  const [, block = ""] = /```sh\n(curl \S+\/worlds[\s\S]*?)```/.exec(guide) ?? [];
  const lines = block.replaceAll("\\\n", "").matchAll(/^curl (?:-X (\w+) )?(\S+)(?:.*-d '(.*)')?$/gm);
  const statuses: number[] = [];
  const answers: string[] = [];
  for (const [, method, url = "", body] of lines) {
    const response = await fetch(url.replace("http://127.0.0.1:4010", listener.url), {
      method: method ?? (body === undefined ? "GET" : "POST"),
      ...(body !== undefined && { body, headers: { "content-type": "application/json" } }),
    });
    statuses.push(response.status);
    answers.push((await response.text()).replaceAll(listener.url, "http://127.0.0.1:4010"));
  }
  expect(statuses).toEqual([201, 200, 200, 204]);
  expect(block).toContain(`# ${answers[0]}`);
});

it("the guide's curl commands for the admin service succeed", async () => {
  await using listener = await listen(createMockServer(), { admin: true });
  const guide = await readFile("docs/testing/other-languages.md", "utf8");
  const requests = [...guide.matchAll(/^curl -H "\$json" \$api\/(\w+) -d '(.*)'$/gm)];
  const answers = await Promise.all(
    requests.map(async ([, method, body = ""]) => {
      const headers = { "content-type": "application/json" };
      const url = `${listener.url}/tenantry.mock.v1.AdminService/${method}`;
      return [method, (await fetch(url, { method: "POST", headers, body })).status];
    }),
  );
  expect(answers).toEqual([
    ["Seed", 200],
    ["Reset", 200],
    ["SignInVydon", 200],
    ["InjectFault", 200],
    ["AdvanceClock", 200],
    ["ListCalls", 200],
  ]);
});
