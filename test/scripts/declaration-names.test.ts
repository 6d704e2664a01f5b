import { expect, it } from "vitest";
import { withRealNames } from "../../scripts/declaration-names.js";

const shared = "dist/options-CmkMjLDA.d.ts";

it("exports shared declarations under their own names, and imports them by these", () => {
  const files = withRealNames(
    new Map([
      [
        shared,
        "interface ApiPromise<T> {}\ninterface Clock$1 {}\n\nexport type { ApiPromise as A, Clock$1 as C };\n",
      ],
      [
        "dist/index.d.ts",
        "import { A as ApiPromise, C as Clock } from './options-CmkMjLDA.js';\nexport { A as ApiPromise } from './options-CmkMjLDA.js';\n",
      ],
      ["dist/mock/node.d.ts", "import { C as Clock$1 } from '../options-CmkMjLDA.js';\n"],
    ]),
  );
  expect(files.get(shared)).toContain("export type { ApiPromise, Clock$1 };");
  expect(files.get("dist/index.d.ts")).toBe(
    "import { ApiPromise, Clock$1 as Clock } from './options-CmkMjLDA.js';\nexport { ApiPromise } from './options-CmkMjLDA.js';\n",
  );
  expect(files.get("dist/mock/node.d.ts")).toBe("import { Clock$1 } from '../options-CmkMjLDA.js';\n");
});

it("keeps the types of an export that has values too", () => {
  const both = "export { type OnaAccount as O, OnaClient as i };\n";
  const files = withRealNames(
    new Map([
      ["dist/client-BNXCknXX.d.ts", both],
      ["dist/index.d.ts", "export { O as OnaAccount, i as OnaClient } from './client-BNXCknXX.js';\n"],
    ]),
  );
  expect(files.get("dist/client-BNXCknXX.d.ts")).toBe("export { type OnaAccount, OnaClient };\n");
  expect(files.get("dist/index.d.ts")).toBe(
    "export { OnaAccount, OnaClient } from './client-BNXCknXX.js';\n",
  );
});

it("leaves entries and other packages as they are", () => {
  const entry =
    "import { A as B } from './fam.js';\nimport { T as U } from 'tenantry';\nexport { B as C };\n";
  expect(withRealNames(new Map([["dist/index.d.ts", entry]])).get("dist/index.d.ts")).toBe(entry);
});
