/**
 * The import directions: clients → core → gen/client; mock → gen/mock; doors → mock. A reader of any file may rely on
 * them, and a bug on one side cannot hide on the other.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
  forbidden: [
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "core-knows-no-api",
      severity: "error",
      from: { path: "^src/core", pathNot: "\\.test\\.ts$" },
      to: { path: "^(src/(?!core/)|gen/(mgmt|gitpod|fam)/|gen/mock)" },
    },
    {
      name: "apis-do-not-know-each-other",
      severity: "error",
      from: { path: "^src/(vydon|ona|fam)/" },
      to: { path: "^(src/|gen/)", pathNot: ["^src/core/", "^src/$1/", "^gen/"] },
    },
    {
      name: "mock-shares-nothing-with-the-clients",
      comment: "One bug must not hide on both sides.",
      severity: "error",
      from: { path: "^src/mock", pathNot: "\\.test\\.ts$" },
      to: { path: "^(src/(?!mock/)|gen/client)" },
    },
    {
      name: "engine-knows-no-api",
      severity: "error",
      from: { path: "^src/mock/engine", pathNot: "\\.test\\.ts$" },
      to: { path: "^(src/mock/(vydon|ona|fam)/|gen/(mgmt|gitpod|fam)/)" },
    },
    {
      name: "mocked-apis-do-not-know-each-other",
      severity: "error",
      from: { path: "^src/mock/(vydon|ona|fam)/" },
      to: { path: "^src/mock/(vydon|ona|fam)/", pathNot: "^src/mock/$1/" },
    },
    {
      name: "only-the-mock-reads-rules",
      comment: "Validation rules, and the validator, weigh more than a client.",
      severity: "error",
      from: { path: "^src/(?!mock/)" },
      to: { path: "(^gen/mock|protovalidate)" },
    },
    {
      name: "clients-are-imported-from-above-only",
      severity: "error",
      from: { path: "^src/(core|node|otel|mock)/", pathNot: "\\.test\\.ts$" },
      to: { path: "^src/(vydon|ona|fam)/" },
    },
    {
      name: "the-middle-floor-stands-side-by-side",
      severity: "error",
      from: { path: "^src/(node|query|otel|redis|testing|mock)/", pathNot: "\\.test\\.ts$" },
      to: { path: "^src/(node|query|otel|redis|testing|mock)/", pathNot: "^src/$1/" },
    },
    {
      name: "the-mock-does-not-know-its-doors",
      severity: "error",
      from: { path: "^src/mock/", pathNot: ["^src/mock/(msw|node)/", "\\.test\\.ts$"] },
      to: { path: "^src/mock/(msw|node)/" },
    },
    {
      name: "nothing-imports-the-index",
      severity: "error",
      from: { path: "^src/", pathNot: "\\.test\\.ts$" },
      to: { path: "^src/index\\.ts$" },
    },
    {
      name: "optional-packages-only-where-they-are-meant",
      comment: "Who doesn't have them must be able to load everything else.",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/(mock/msw|query|otel)/", "\\.test\\.ts$"] },
      to: { path: "node_modules/(msw|redis|ioredis|@tanstack|@opentelemetry)/" },
    },
    {
      name: "what-ships-is-a-dependency",
      severity: "error",
      from: { path: "^(src|gen)/", pathNot: "\\.test\\.ts$" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["npm-peer"] },
    },
    {
      name: "node-only-where-it-is-said",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/node/", "^src/mock/node/", "\\.test\\.ts$"] },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "connect-node-only-where-node-is",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/node/", "^src/mock/node/", "\\.test\\.ts$"] },
      to: { path: "connect-node" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types"] },
  },
};
