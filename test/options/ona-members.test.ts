import { InvalidArgumentError, type ListOptions, OnaClient } from "tenantry";
import { expect, it } from "vitest";
import { failureOf } from "../support/promises.js";
import { untyped } from "../support/untyped.js";

it.each([
  [{ serach: "ada" }, "serach is not an option of a list. Did you mean search?"],
  [{ limt: 5 }, "limt is not an option of a list. Did you mean limit?"],
  [{ search: 5 }, "search must be a string"],
  [{ statuses: "active" }, "statuses must be a list"],
  [{ roles: ["boss"] }, "roles[0] must be one of"],
  [{ userIds: [""] }, "userIds[0] must be a string"],
  [{ excludeGroupIds: {} }, "excludeGroupIds must be a list"],
  [{ excludeMembersInAnyTeam: "yes" }, "excludeMembersInAnyTeam must be true or false"],
  [{ sort: null }, "sort must be an object"],
  [{ sort: { field: "size" } }, "sort.field must be one of"],
  [{ count: 1 }, "count must be true or false"],
])("Ona's members.list() rejects %o and sends nothing", async (options, text) => {
  let sent = 0;
  const fetch = async () => {
    sent++;
    return Response.json({});
  };
  const { members } = new OnaClient({ baseUrl: "https://api.example.com", fetch });
  const error = await failureOf(members.list("org-1", untyped<ListOptions>(options)).toArray());
  expect(error).toBeInstanceOf(InvalidArgumentError);
  expect(error).toMatchObject({ message: expect.stringContaining(text) });
  expect(sent).toBe(0);
});
