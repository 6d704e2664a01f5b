import { rmSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { compile, writeModules } from "../../scripts/snippets/compile.js";
import { importsByName, readDocstrings } from "../../scripts/snippets/docstrings.js";
import { readSnippets, replaceCode } from "../../scripts/snippets/read.js";
import { inWorld } from "../../scripts/snippets/world.js";

const page = `# Page

\`\`\`ts
const one: number = 1;
\`\`\`

Text.

<!-- continues -->
<!-- given
const two = one + 1;
-->
\`\`\`ts
const three: string = two;
\`\`\`

<!-- compiled only: it needs a browser -->
\`\`\`ts
localStorage.clear();
\`\`\`

\`\`\`json file=examples/a.json
{}
\`\`\`
`;

describe("the snippets of the documentation", () => {
  const snippets = readSnippets("docs/page.md", page);
  const folder = ".tmp/snippets-test";
  afterAll(() => rmSync(folder, { recursive: true }));

  it("are read with the settings in their comments", () => {
    expect(snippets).toMatchObject([
      {
        line: 4,
        language: "ts",
        code: "const one: number = 1;\n",
        given: "",
        continues: false,
        file: undefined,
      },
      { line: 14, code: "const three: string = two;\n", given: "const two = one + 1;\n", continues: true },
      { line: 19, compiledOnly: "it needs a browser", continues: false },
      { line: 23, language: "json", file: "examples/a.json", compiledOnly: undefined },
    ]);
  });

  it("are compiled together with their `given` code, and an error has the line number on the page", () => {
    const modules = writeModules(
      snippets.filter(({ language }) => language === "ts"),
      folder,
    );
    expect(compile(modules)).toEqual(["docs/page.md:14: Type 'number' is not assignable to type 'string'."]);
  });

  it("are replaced by the text of the file that they name", () => {
    const [, , , json] = snippets;
    if (json === undefined) throw new Error("there is no snippet with a file");
    const filled = replaceCode(page, json, '{\n  "a": 1\n}\n');
    expect(filled).toContain('```json file=examples/a.json\n{\n  "a": 1\n}\n```\n');
    expect(readSnippets("docs/page.md", filled)).toHaveLength(4);
  });

  it("cause an error if they have an unknown attribute", () => {
    expect(() => readSnippets("a.md", "\n```ts title=x\n```\n")).toThrow('a.md:2: "title=x" is not known');
  });

  it("cause an error if a code fence is not recognized", () => {
    expect(() => readSnippets("a.md", "- a list:\n  ```ts\n  ```\n")).toThrow(
      "a.md: has 2 fences, but 0 blocks",
    );
    expect(() => readSnippets("a.md", "```\n```\n")).toThrow("a.md: has 2 fences, but 0 blocks");
  });

  it("run with mock servers behind fetch, and tokens in the environment variables", async () => {
    const answer = await inWorld(() =>
      fetch("https://vydon.example.com/mgmt.v1alpha1.UserAccountService/GetUser", {
        method: "POST",
        headers: {
          "content-type": "application/json",
          authorization: `Bearer ${process.env["VYDON_API_KEY"]}`,
        },
        body: "{}",
      }),
    );
    expect(await answer.json()).toEqual({ userId: expect.any(String) });
    expect(process.env["VYDON_API_KEY"]).toBeUndefined();
  });
});

describe("the examples in docstrings", () => {
  const source = `/**
 * Lists organizations.
 *
 * \`\`\`ts
 * const { id } = await new OnaClient().accounts.get();
 * await client.organizations.get(id, { retry: "no" });
 * \`\`\`
 */
export const one = 1;
`;
  const imports = new Map([["OnaClient", 'import { OnaClient } from "tenantry";']]);
  const folder = ".tmp/docstrings-test";
  afterAll(() => rmSync(folder, { recursive: true }));

  it("are compiled with imports of what they use, and a client of their API", () => {
    const modules = writeModules(readDocstrings("src/ona/accounts.ts", source, imports), folder);
    expect(modules.map(({ snippet }) => snippet.line)).toEqual([5]);
    const [error, ...others] = compile(modules);
    expect(error).toMatch(/^src\/ona\/accounts\.ts:6: Type 'string' is not assignable/);
    expect(others).toEqual([]);
  });

  it.each([
    ["src/fam/accounts.ts", "FamClient"],
    ["src/query/ona/queries.ts", "OnaClient"],
    ["src/core/lists/list.ts", "VydonClient"],
  ])("of %s have a %s", (page, name) => {
    const [snippet] = readDocstrings(page, source, imports);
    expect(snippet?.given).toContain(`declare const client: import("tenantry").${name};`);
  });

  it("get no second import of a name that they import themselves", () => {
    const own = source.replace(" * const {", ' * import { OnaClient } from "tenantry/ona";\n * const {');
    const [snippet] = readDocstrings("src/ona/accounts.ts", own, imports);
    expect(snippet?.code).toContain("import { OnaClient }");
    expect(snippet?.given).not.toContain("import { OnaClient }");
  });

  it("get a name that several entries export from the main one", () => {
    expect(importsByName().get("OnaClient")).toBe('import { OnaClient } from "tenantry";');
  });
});
