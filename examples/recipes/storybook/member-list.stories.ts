import type { SetupWorker } from "msw/browser";
import { VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { handlers } from "tenantry/mock/msw";
import { memberList } from "../member-list.js";

const baseUrl = "https://vydon.example.com";
const accountId = "7a1c4c39-5d0e-4d2c-9a3c-0f6a3a3f9d10";

const template = createMockServer();
template.seed({
  vydon: {
    users: [
      { email: "ada@example.com", token: "ada" },
      { email: "grace@example.com", token: "grace" },
    ],
    accounts: [{ id: accountId, name: "acme", members: [{ email: "ada@example.com" }] }],
  },
});

/** Creates a story with a server of its own, so stories do not affect each other. */
function story({ as = "ada", server = template.fork() } = {}) {
  return {
    beforeEach: ({ msw }: { msw: SetupWorker }) => msw.use(...handlers(server, baseUrl)),
    render: () => {
      const place = document.createElement("div");
      const client = new VydonClient({ baseUrl, auth: as, retry: false });
      memberList(client, accountId).then((list) => place.append(list));
      return place;
    },
  };
}

export default { title: "Member list" };

export const Members = story();

export const Stranger = story({ as: "grace" });

const away = template.fork();
away.faults.inject({ method: "GetTeamAccountMembers", code: "unavailable" });
export const ServerAway = story({ server: away });
