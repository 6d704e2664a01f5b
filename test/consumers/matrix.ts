/** A project that uses the package: a folder here, its dependencies, and the commands to run in it. */
export interface Project {
  readonly folder: string;
  /** The name, if several projects share a folder. Default: the folder. */
  readonly name?: string;
  /** The dependencies besides the package, name to version. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** Name to command; `node-24` is the Node of that dependency, `node` the one that runs this. */
  readonly runs: Readonly<Record<string, readonly string[]>>;
}

const host = `${process.platform}-${process.arch}`;

/** Node's binaries from npm, because one machine needs all versions. */
const nodes = {
  "node-20": `npm:node-${host}@20.20.2`,
  "node-22": `npm:node-${host}@22.23.3`,
  "node-24": `npm:node-${host}@24.21.0`,
  "node-26": `npm:node-${host}@26.10.0`,
};
const recentNode = { "node-24": nodes["node-24"] };
const bun = `@oven/bun-${host}`;

const typescripts = {
  "typescript-5.4": "npm:typescript@5.4.5",
  "typescript-5.7": "npm:typescript@5.7.3",
  "typescript-5.9": "npm:typescript@5.9.3",
  "typescript-6.0": "npm:typescript@6.0.3",
  "typescript-7.0": "npm:typescript@7.0.2",
};

/** Compiles one file. Without the check of libraries, because the frameworks' own declarations fail it. */
const compile = (file: string) => [
  ...["node", "node_modules/typescript/bin/tsc", "--noEmit", "--strict", "--exactOptionalPropertyTypes"],
  ...["--skipLibCheck", "--jsx", "react-jsx", "--target", "es2022", "--module", "esnext"],
  ...["--moduleResolution", "bundler", file],
];

/** The query options with the hooks of a framework. */
function queryHooks(name: string, file: string, dependencies: Project["dependencies"]): Project {
  return {
    folder: "query",
    name: `query-${name}`,
    dependencies: { ...dependencies, typescript: "5.9.3" },
    runs: { [`TanStack Query, ${name}`]: compile(file) },
  };
}

export const projects: readonly Project[] = [
  {
    folder: "runtimes",
    dependencies: { ...nodes, [bun]: "1.4.5", deno: "2.9.6" },
    runs: {
      ...Object.fromEntries(
        Object.keys(nodes).flatMap((node) => [
          [`${node}, modules`, [node, "module.mjs"]],
          [`${node}, CommonJS`, [node, "commonjs.cjs"]],
          [`${node}, errors across both builds`, [node, "both-builds.mjs"]],
          [`${node}, console.log`, [node, "inspect.mjs"]],
          [`${node}, gRPC`, [node, "grpc.mjs"]],
          [`${node}, the same bytes`, [node, "same-bytes.mjs"]],
        ]),
      ),
      "bun, modules": [`node_modules/${bun}/bin/bun`, "module.mjs"],
      "bun, CommonJS": [`node_modules/${bun}/bin/bun`, "commonjs.cjs"],
      "bun, console.log": [`node_modules/${bun}/bin/bun`, "inspect.mjs"],
      "bun, the same bytes": [`node_modules/${bun}/bin/bun`, "same-bytes.mjs"],
      "deno, the same bytes": ["node", "node_modules/deno/bin.cjs", "run", "--allow-all", "same-bytes.mjs"],
      "deno, console.log": ["node", "node_modules/deno/bin.cjs", "run", "--allow-all", "inspect.mjs"],
      "deno, modules": ["node", "node_modules/deno/bin.cjs", "run", "--allow-all", "module.mjs"],
    },
  },
  {
    folder: "workerd",
    dependencies: { ...recentNode, miniflare: "4.20260730.0", esbuild: "0.28.2" },
    runs: {
      "workerd, a Worker": ["node-24", "run.mjs"],
      "workerd, the cookbook's Worker": ["node-24", "run-app.mjs"],
    },
  },
  {
    folder: "bundles",
    dependencies: {
      "@rollup/plugin-node-resolve": "16.0.3",
      "@rspack/core": "2.3.3",
      esbuild: "0.28.2",
      rollup: "4.68.7",
      vite: "8.3.8",
      webpack: "5.112.2",
    },
    runs: {
      "esbuild, a bundle": ["node", "esbuild.mjs"],
      "Rollup, a bundle": ["node", "rollup.mjs"],
      "Rspack, a bundle": ["node", "rspack.mjs"],
      "Vite, a bundle": ["node", "vite.mjs"],
      "webpack, a bundle": ["node", "webpack.mjs"],
    },
  },
  {
    folder: "types",
    dependencies: {
      ...typescripts,
      "@connectrpc/connect": "2.1.2",
      "@connectrpc/connect-web": "2.1.2",
      "@opentelemetry/api": "1.9.1",
      "@tanstack/query-core": "5.108.0",
      "@types/node": "20.19.43",
      msw: "3.0.5",
    },
    runs: Object.fromEntries(
      Object.keys(typescripts).flatMap((typescript) =>
        // Next.js 15 still writes `moduleResolution: "node"`, which TypeScript 6 no longer supports.
        ["node16", "bundler", "no-dom", ...(typescript === "typescript-5.9" ? ["node10"] : [])].map(
          (resolution) => [
            `${typescript}, ${resolution}`,
            [
              "node",
              ...(typescript === "typescript-5.4" ? ["own-errors.mjs"] : []),
              `node_modules/${typescript}/bin/tsc`,
              "-p",
              `tsconfig.${resolution}.json`,
            ],
          ],
        ),
      ),
    ),
  },
  queryHooks("react", "react.tsx", {
    "@tanstack/react-query": "5.108.0",
    "@types/react": "19.2.17",
    react: "19.3.1",
  }),
  // The oldest version that the package accepts.
  queryHooks("oldest-react", "react.tsx", {
    "@tanstack/react-query": "5.80.10",
    "@types/react": "18.3.28",
    react: "18.3.1",
  }),
  queryHooks("vue", "vue.ts", { "@tanstack/vue-query": "5.104.0", vue: "3.5.45" }),
  queryHooks("solid", "solid.ts", { "@tanstack/solid-query": "5.104.4", "solid-js": "1.9.19" }),
  queryHooks("svelte", "svelte.ts", { "@tanstack/svelte-query": "6.3.6", svelte: "5.57.3" }),
  {
    folder: "suites",
    dependencies: { jest: "30.5.2", "jest-environment-jsdom": "30.5.2", vitest: "4.1.12" },
    runs: {
      "Jest, a suite in CommonJS": [
        "node",
        "node_modules/jest/bin/jest.js",
        "--testMatch",
        "**/jest.test.cjs",
      ],
      "Jest, a suite with jsdom": [
        "node",
        "node_modules/jest/bin/jest.js",
        "--testEnvironment",
        "./jsdom-with-fetch.cjs",
        "--testMatch",
        "**/jsdom*.test.cjs",
      ],
      "vitest, a suite": ["node", "node_modules/vitest/vitest.mjs", "run", "vitest.test.mjs"],
    },
  },
  {
    folder: "msw",
    dependencies: { ...recentNode, msw: "3.0.5" },
    runs: { "MSW 3, a suite": ["node-24", "--test"] },
  },
  {
    folder: "connect",
    dependencies: {
      "@bufbuild/protobuf": "2.17.0",
      "@connectrpc/connect": "2.1.2",
      "@connectrpc/connect-web": "2.1.2",
    },
    runs: { "toConnectTransport and viaConnect": ["node", "app.mjs"] },
  },
  {
    folder: "two-connects",
    name: "older-connect",
    dependencies: { "@connectrpc/connect": "2.0.0", "@connectrpc/connect-web": "2.0.0" },
    runs: { "an app with an older Connect": ["node", "app.mjs"] },
  },
  {
    folder: "two-connects",
    name: "newer-connect",
    dependencies: { ...recentNode, "@connectrpc/connect": "2.2.0", "@connectrpc/connect-web": "2.2.0" },
    runs: { "an app with a newer Connect": ["node-24", "app.mjs"] },
  },
  {
    folder: "install",
    dependencies: { "node-20": nodes["node-20"], npm: "10.9.9", pnpm: "10.34.8", yarn: "1.22.22" },
    runs: Object.fromEntries(
      ["npm", "pnpm", "yarn"].map((manager) => [
        `${manager} on Node 20, strict engines`,
        ["node-20", "run.mjs", manager],
      ]),
    ),
  },
  {
    folder: "command",
    dependencies: {},
    runs: { "npx tenantry mock": ["node", "run.mjs"] },
  },
];
