import type { ApiJson } from "../../../../../../gen/tenantry/mock/v1/admin_pb.js";
import type { Context, Pulse, View } from "../context.js";
import { card, columns, copyButton, field, form, input, page, select, submit } from "../controls.js";
import { empty, h } from "../dom.js";

/** The sign-in RPC of each API, and the API's title. */
const apis: Readonly<Record<string, { rpc: string; title: string }>> = {
  vydon: { rpc: "SignInVydon", title: "Vydon" },
  ona: { rpc: "SignInOna", title: "Ona" },
  fam: { rpc: "SignInFam", title: "Fetch Ads Manager" },
};

interface SignedIn {
  readonly token?: string;
  readonly userId?: string;
  readonly accountId?: string;
}

/** Returns a form that signs a person in, and the tokens that it has created. */
export function signInView({ admin, act, world }: Context): View {
  let samples: readonly ApiJson[] = [];
  const api = select(Object.entries(apis).map(([name, { title }]) => [name, title]));
  const email = input({ type: "email", placeholder: "ada@example.com" });
  const name = input({ placeholder: "made from the email" });
  const organization = input({ placeholder: "none" });
  const registered = h("input", { type: "checkbox", checked: true });
  const expires = select([
    ["", "in a year"],
    ["3600s", "in an hour"],
    ["86400s", "in a day"],
    ["1s", "in a second"],
  ]);
  const organizationField = field("Organization", organization, "An id or a name. They must be a member.");
  const nameField = field("Name", name);
  const registeredField = h("label", { class: "check" }, registered, "They have registered");
  const tokens = h("ul", { class: "tokens" });
  const nothing = h(
    "div",
    {},
    empty("No one has signed in here yet", "The tokens of people you sign in appear here."),
  );

  function show(): void {
    organizationField.hidden = api.value !== "ona";
    registeredField.hidden = api.value !== "vydon";
    nameField.hidden = api.value === "fam";
  }
  api.addEventListener("change", show);
  show();

  async function signIn(): Promise<void> {
    const chosen = api.value;
    const who = email.value.trim();
    const signedIn = await admin<SignedIn>(apis[chosen]?.rpc ?? "", {
      email: who,
      ...(name.value !== "" && chosen !== "fam" && { name: name.value }),
      ...(chosen === "vydon" && { registered: registered.checked }),
      ...(chosen === "ona" && organization.value !== "" && { organization: organization.value }),
      ...(expires.value !== "" && { expiresIn: expires.value }),
    });
    tokens.prepend(tokenCard(who, chosen, signedIn));
    nothing.hidden = true;
  }

  function tokenCard(who: string, chosen: string, { token = "", userId, accountId }: SignedIn): HTMLElement {
    const sample = samples.find(({ name }) => name === chosen)?.sample ?? "";
    const base = `${location.origin}${world === undefined ? "" : `/w/${encodeURIComponent(world)}`}`;
    const curl = () =>
      `curl ${base}${sample} -H 'content-type: application/json' -d '{}' -H 'authorization: Bearer ${token}'`;
    return h(
      "li",
      { class: "token" },
      h("p", { class: "token-who" }, h("strong", {}, who), h("span", {}, apis[chosen]?.title ?? chosen)),
      h("code", { class: "token-text", tabindex: 0 }, token),
      h("p", { class: "note" }, userId ? `user ${userId}` : `account ${accountId ?? ""}`),
      h(
        "div",
        { class: "token-actions" },
        copyButton("Copy token", () => token),
        copyButton("Copy curl", curl),
      ),
    );
  }

  return {
    element: page(
      "Sign in",
      "As any person, without a password",
      [],
      columns(
        card(
          "A person",
          "Each email is one user, even if it signs in several times.",
          form(
            () => void act(signIn, `${email.value.trim()} is signed in`),
            field("API", api),
            field("Email", email),
            nameField,
            organizationField,
            field("Token expires", expires, "On the server's clock."),
            registeredField,
            submit("Sign in"),
          ),
        ),
        card("Tokens", "", tokens, nothing),
      ),
    ),
    update({ apis }: Pulse) {
      samples = apis;
    },
  };
}
