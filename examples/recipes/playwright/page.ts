import { VydonClient } from "tenantry";
import { memberList } from "../member-list.js";

// The address of the server. A real application has it in its configuration.
const settings = new URLSearchParams(location.search);
const client = new VydonClient({
  baseUrl: settings.get("api") ?? "",
  auth: settings.get("token") ?? "",
  retry: false,
});
document.body.replaceChildren(await memberList(client, settings.get("account") ?? ""));
