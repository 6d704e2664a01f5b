import { FamClient, OnaClient, UnauthenticatedError, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { expect, it } from "vitest";
import { failureOf } from "../support/promises.js";

it("the error for another API's token names that API, because a test has mixed up two sessions", async () => {
  const server = createMockServer();
  const ada = { email: "ada@example.com" };
  const [vydon, ona, fam] = [server.vydon.signIn(ada), server.ona.signIn(ada), server.fam.signIn(ada)];
  const withFamToken = { ...ona.connect(), auth: fam.token };
  const texts: string[] = [];
  for (const call of [
    () => new VydonClient(ona.connect()).users.current(),
    () => new OnaClient(withFamToken).users.current(),
    () => new FamClient(vydon.connect()).accounts.permissions(),
  ]) {
    const error = await failureOf(call());
    expect(error).toBeInstanceOf(UnauthenticatedError);
    texts.push(/\(mock: .*\)$/.exec(String(error))?.[0] ?? "");
  }
  expect(texts).toEqual([
    "(mock: it is an access token of server.ona)",
    "(mock: it is an access token of server.fam)",
    "(mock: it is an access token of server.vydon)",
  ]);
});
