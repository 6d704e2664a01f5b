import { type CommonOptions, refreshableToken, VydonClient, vydonRefresh, webStorageStore } from "tenantry";

/** The options of {@link browserSession}. */
export interface SignInPage extends CommonOptions {
  readonly baseUrl: string;
  /** The page that the identity provider sends the browser back to. It calls `finish`. */
  readonly redirectUri: string;
  /** The storage of the tokens: `localStorage`, which all tabs share. */
  readonly tokens: Storage;
  /** The storage of a sign-in that is under way: `sessionStorage`, which belongs to one tab. */
  readonly underWay: Storage;
}

/** The session of a browser app: its client, and functions to sign in and out. */
export function browserSession({ redirectUri, tokens, underWay, ...address }: SignInPage) {
  const auth = refreshableToken({
    refresh: vydonRefresh(new VydonClient(address)),
    store: webStorageStore(tokens, "acme.tokens"),
    clock: address.clock,
  });
  const client = new VydonClient({ ...address, auth });

  return {
    client,

    /** Begins a sign-in. Returns the URL of the sign-in page: `location.href = await session.begin()`. */
    async begin(): Promise<string> {
      const state = crypto.randomUUID();
      underWay.setItem("sign-in", state);
      // Without `offline_access` there would be no refresh token.
      return client.auth.authorizeUrl({ state, redirectUri, scope: "openid profile offline_access" });
    },

    /** Ends a sign-in, on the page of `redirectUri`. Pass the page's address: `new URL(location.href)`. */
    async finish({ searchParams }: URL): Promise<void> {
      const state = underWay.getItem("sign-in");
      underWay.removeItem("sign-in");
      // A link from an attacker would sign the person in as the attacker.
      if (state === null || searchParams.get("state") !== state)
        throw new Error("this sign-in was not begun here");
      const code = searchParams.get("code");
      if (!code)
        throw new Error(`the sign-in was refused: ${searchParams.get("error") ?? "there is no code"}`);
      await auth.accept(await client.auth.login({ code, redirectUri }));
    },

    /** Signs out. Other tabs follow when they need a new token. Does not revoke the tokens at the identity provider. */
    signOut: () => auth.clear(),
  };
}
