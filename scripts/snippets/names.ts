/** Names that the examples in docstrings use: values that a reader has, and functions of other packages. */

declare const accountId: string;
declare const baseUrl: string;
declare const code: string;
declare const email: string;
declare const jobId: string;
declare const organizationId: string;
declare const password: string;
declare const path: string;
declare const redirectUri: string;
declare const role: import("tenantry").VydonAssignableRole;
declare const token: string;
declare const userId: string;
declare let cursor: string | undefined;

declare const ada: import("tenantry/mock").VydonSession;
declare const auth: import("tenantry").RefreshableToken;
declare const fam: import("tenantry/query").FamQueries;
declare const famClient: import("tenantry").FamClient;
declare const grace: import("tenantry/mock").VydonSession;
declare const logger: import("@connectrpc/connect").Interceptor;
declare const seed: import("tenantry/mock").MockSeed;
declare const server: import("tenantry/mock").MockServer;
declare const vydon: import("tenantry/query").VydonQueries;

declare const askForExchangeToken: () => Promise<string>;
declare const closeDialog: () => void;
declare const createTeam: ReturnType<
  typeof import("tenantry/query").apiMutation<{ name: string }, import("tenantry").VydonCreatedTeam>
>;
declare const inviteByApp: (client: import("tenantry").VydonClient, email: string) => Promise<void>;
declare const keychain: {
  get(name: string): Promise<string | null>;
  set(name: string, value: string): Promise<void>;
};
declare const refresh: import("tenantry").Refresh;
declare const requestTokens: import("tenantry").Refresh;
declare const save: (member: unknown) => Promise<void>;

declare const assert: typeof import("node:assert");
declare const createClient: typeof import("redis").createClient;
declare const expect: typeof import("vitest").expect;
declare const homedir: typeof import("node:os").homedir;
declare const ioredis: import("ioredis").Redis;
declare const join: typeof import("node:path").join;
declare const mkdtempSync: typeof import("node:fs").mkdtempSync;
declare const queryClient: import("@tanstack/query-core").QueryClient;
declare const setupServer: typeof import("msw/node").setupServer;
declare const test: typeof import("vitest").test;
declare const tmpdir: typeof import("node:os").tmpdir;
declare const useInfiniteQuery: typeof import("@tanstack/react-query").useInfiniteQuery;
declare const useMutation: typeof import("@tanstack/react-query").useMutation;
declare const useQuery: typeof import("@tanstack/react-query").useQuery;
declare const writeFileSync: typeof import("node:fs").writeFileSync;
declare const QueryClient: typeof import("@tanstack/query-core").QueryClient;
