import { once } from "node:events";
import { connect as connectHttp2, constants } from "node:http2";
import { connect } from "node:net";
import { Code, createClient } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport } from "@connectrpc/connect-node";
import { describe, expect, it } from "vitest";
import { UserAccountService } from "../../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { createMockServer } from "../../server.js";
import { listen } from "./listen.js";

const path = "/mgmt.v1alpha1.UserAccountService/GetUser";
const preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

describe("a listener over HTTP/2", () => {
  it("ends the connection of a client that sends garbage, and serves the others", async () => {
    const server = createMockServer();
    await using listener = await listen(server);
    const { token, userId } = server.vydon.signIn({ email: "ada@example.com" });
    const socket = connect(listener.port, "127.0.0.1");
    const closed = once(socket.resume(), "close");
    socket.write(`${preface}${"garbage".repeat(100)}`);
    await closed;

    const transport = createConnectTransport({ baseUrl: listener.url, httpVersion: "2" });
    const headers = { authorization: `Bearer ${token}` };
    expect(await createClient(UserAccountService, transport).getUser({}, { headers })).toMatchObject({
      userId,
    });
  });

  it.each([
    ["the guard refuses", { ":path": "/worlds", origin: "https://evil.example.com" }, 403],
    ["has a malformed host", { ":path": path, ":authority": "[x" }, 400],
    ["names an unknown world", { ":path": `/w/unknown${path}` }, 404],
    ["has an unknown path", { ":path": "/acme.v1.Users/Get" }, 404],
  ])(
    "responds to a request with a large body that %s, and then to the next requests of the connection",
    async (_name, headers, status) => {
      await using listener = await listen(createMockServer(), { admin: true });
      const session = connectHttp2(listener.url);
      const body = Buffer.alloc(1_000_000);
      for (let times = 0; times < 3; times++) {
        const stream = session.request({ ":method": "POST", ...headers });
        const closed = once(stream, "close");
        const responded = once(stream, "response");
        stream.end(body);
        const [response] = await responded;
        expect(response).toMatchObject({ ":status": status });
        let size = 0;
        for await (const chunk of stream) size += chunk.length;
        expect(size).toBeGreaterThan(0);
        await closed;
        expect(stream.rstCode).toBe(constants.NGHTTP2_NO_ERROR);
      }
      session.close();
      await once(session, "close");
    },
  );

  it("sends the error of a large gRPC call to an unknown world", async () => {
    await using listener = await listen(createMockServer(), { admin: true });
    const transport = createGrpcTransport({ baseUrl: `${listener.url}/w/unknown` });
    const client = createClient(UserAccountService, transport);
    for (let times = 0; times < 3; times++) {
      await expect(client.createTeamAccount({ name: "x".repeat(1_000_000) })).rejects.toMatchObject({
        code: Code.NotFound,
      });
    }
  });

  it("serves the sign-in page and the token endpoint", async () => {
    const server = createMockServer();
    await using listener = await listen(server);
    const { issuer } = server.vydon;
    const { refreshToken } = issuer.signIn({ email: "ada@example.com" });
    const session = connectHttp2(listener.url);
    const send = async (headers: Record<string, string>, body = "") => {
      const stream = session.request(headers, { endStream: body === "" });
      if (body !== "") stream.end(body);
      const [response] = await once(stream, "response");
      let text = "";
      for await (const chunk of stream) text += chunk;
      return { status: response[":status"], text };
    };
    const page = await send({ ":path": "/vydon/issuer/authorize?redirect_uri=http%3A%2F%2Flocalhost" });
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining("ada@example.com") });
    const form = {
      ":path": issuer.tokenPath,
      ":method": "POST",
      "content-type": "application/x-www-form-urlencoded",
    };
    const grant = `grant_type=refresh_token&refresh_token=${refreshToken}`;
    expect(await send(form, grant)).toMatchObject({
      status: 200,
      text: expect.stringContaining("access_token"),
    });
    expect(await send(form, grant)).toMatchObject({
      status: 400,
      text: expect.stringContaining("invalid_grant"),
    });
    session.destroy();
  });

  it("breaks the whole connection if the issuer loses a response, as a server that crashes does", async () => {
    const server = createMockServer();
    await using listener = await listen(server);
    const { issuer } = server.vydon;
    const { refreshToken } = issuer.signIn({ email: "ada@example.com" });
    issuer.loseResponses();
    const session = connectHttp2(listener.url);
    session.on("error", () => {});
    const closed = new Promise((resolve) => session.on("close", resolve));
    const stream = session.request({
      ":path": issuer.tokenPath,
      ":method": "POST",
      "content-type": "application/x-www-form-urlencoded",
    });
    let responses = 0;
    stream.on("response", () => responses++);
    stream.on("error", () => {});
    stream.end(`grant_type=refresh_token&refresh_token=${refreshToken}`);
    await closed;
    expect([responses, issuer.refreshToken(refreshToken).uses]).toEqual([0, 1]);
  });
});
