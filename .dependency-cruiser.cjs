const { existsSync, readdirSync } = require("node:fs");

/**
 * The layers, from top to bottom:
 *
 *     index
 *     web, node, query, testing
 *     the APIs, connect, otel, redis, proto, mock
 *     core
 *     gen
 *
 * Imports point down only. What stands side by side does not import each other; only `gen/**_methods.ts` import a type of core.
 */
const tests = "\\.test\\.ts$";

/** The folders of the APIs: those that the mock serves. */
const apis = readdirSync("src/mock")
  .filter((name) => existsSync(`src/mock/${name}/seed`))
  .join("|");

const rules = [
  { name: "no-circles", from: {}, to: { circular: true } },
  {
    name: "nothing-imports-the-index",
    from: { path: "^src/", pathNot: tests },
    to: { path: "^src/index\\.ts$" },
  },
  {
    name: "the-upper-layer-stands-side-by-side",
    from: { path: "^src/(web|node|query|testing)/", pathNot: tests },
    to: { path: "^src/(web|node|query|testing|mock)/", pathNot: "^src/$1/" },
  },
  {
    name: "the-middle-layer-stands-side-by-side",
    comment: "This includes: the APIs do not know each other, and the mock shares nothing with the clients.",
    from: { path: `^src/(${apis}|connect|otel|redis|proto|mock)/`, pathNot: tests },
    to: { path: "^src/", pathNot: ["^src/$1/", "^src/core/"] },
  },
  {
    name: "the-mock-shares-nothing-with-the-clients",
    comment: "The same bug must not be in both.",
    from: { path: "^src/mock/", pathNot: tests },
    to: { path: "^(src/core/|gen/.*_methods\\.ts$)" },
  },
  {
    name: "core-knows-no-api",
    from: { path: "^src/core/", pathNot: tests },
    to: { path: "^(src/(?!core/)|gen/)" },
  },
  {
    name: "clients-load-no-protobuf-and-no-connect",
    comment: "They would double a client's size. Types cost nothing.",
    from: { path: `^src/(index\\.ts$|(core|${apis}|otel|redis|query|testing)/)`, pathNot: tests },
    to: {
      path: "(^gen/.*_pb\\.ts$|node_modules/@(bufbuild|connectrpc)/)",
      dependencyTypesNot: ["type-only"],
    },
  },
  {
    name: "gen-is-the-lowest-layer",
    from: { path: "^gen/" },
    to: { path: "^src/", pathNot: "^src/core/call/method\\.ts$" },
  },
  {
    name: "methods-are-plain-values",
    comment: "A client loads them.",
    from: { path: "^gen/.*_methods\\.ts$" },
    to: { dependencyTypesNot: ["type-only"] },
  },
  {
    name: "only-methods-import-core",
    from: { path: "^gen/", pathNot: "_methods\\.ts$" },
    to: { path: "^src/" },
  },
  {
    name: "engine-knows-no-api",
    from: { path: "^src/mock/engine/", pathNot: tests },
    to: { path: `^(src/mock/(${apis})/|gen/(?!grpc|google|buf|tenantry))` },
  },
  {
    name: "mocked-apis-do-not-know-each-other",
    from: { path: `^src/mock/(${apis})/` },
    to: { path: `^src/mock/(${apis})/`, pathNot: "^src/mock/$1/" },
  },
  {
    name: "the-mock-does-not-know-what-is-built-on-it",
    from: { path: "^src/mock/", pathNot: ["^src/mock/(msw|node)/", tests] },
    to: { path: "^src/mock/(msw|node)/" },
  },
  {
    name: "only-the-mock-validates",
    comment: "The validator is heavier than a client.",
    from: { path: "^src/(?!mock/)", pathNot: tests },
    to: { path: "node_modules/@bufbuild/protovalidate/" },
  },
  {
    name: "optional-packages-only-where-they-are-meant",
    comment: "Everything else must load without them.",
    from: { path: "^src/", pathNot: ["^src/(mock/msw|query|otel|redis)/", tests] },
    to: { path: "node_modules/(msw|redis|@redis|ioredis|@tanstack|@opentelemetry)/" },
  },
  {
    name: "what-ships-is-a-dependency",
    from: { path: "^(src|gen)/", pathNot: tests },
    to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["npm-peer"] },
  },
  {
    name: "node-only-in-the-entries-for-node",
    from: { path: "^src/", pathNot: ["^src/(node|mock/node)/", tests] },
    to: { dependencyTypes: ["core"] },
  },
  {
    name: "connect-node-only-in-the-entries-for-node",
    from: { path: "^src/", pathNot: ["^src/(node|mock/node)/", tests] },
    to: { path: "node_modules/@connectrpc/connect-node/" },
  },
  {
    name: "connect-web-only-in-web",
    from: { path: "^src/", pathNot: ["^src/web/", tests] },
    to: { path: "node_modules/@connectrpc/connect-web/" },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: rules.map((rule) => ({ ...rule, severity: "error" })),
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types"] },
  },
};
