// A client and a mock server on a port, with jsdom's AbortController and Node's fetch.
const { VydonClient } = require("tenantry");
const { createMockServer } = require("tenantry/mock");
const { listen } = require("tenantry/mock/node");

let listener;
const server = createMockServer();
beforeAll(async () => {
  listener = await listen(server);
});
afterAll(() => listener.close());

it("calls a server over a port", async () => {
  const { token, userId } = server.vydon.signIn({ email: "ada@example.com" });
  const client = new VydonClient({ baseUrl: listener.url, auth: token });
  expect((await client.users.current()).id).toBe(userId);

  const controller = new AbortController();
  const call = client.users.current({ signal: controller.signal });
  controller.abort();
  await expect(call).rejects.toMatchObject({ name: "CanceledError" });
});
