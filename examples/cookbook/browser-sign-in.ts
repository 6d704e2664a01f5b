import { type CommonOptions, refreshableToken, VydonClient, vydonRefresh, webStorageStore } from "tenantry";

/** What a page needs to sign people in. */
export interface SignInPage extends CommonOptions {
  readonly baseUrl: string;
  /** Where the identity provider sends the browser back to: a page of the app that calls `finish`. */
  readonly redirectUri: string;
  /** Where the tokens are: `localStorage`, so that all tabs have them. */
  readonly tokens: Storage;
  /** Where a sign-in that is under way is: `sessionStorage`, which belongs to one tab. */
  readonly underWay: Storage;
}

/** The session of a browser app: its client, and how somebody signs in and out. */
export function browserSession({ redirectUri, tokens, underWay, ...address }: SignInPage) {
  const auth = refreshableToken({
    refresh: vydonRefresh(new VydonClient(address)),
    store: webStorageStore(tokens, "acme.tokens"),
    clock: address.clock,
  });
  const client = new VydonClient({ ...address, auth });

  return {
    client,

    /** Begins a sign-in. Returns the page to go to: `location.href = await session.begin()`. */
    async begin(): Promise<string> {
      const state = crypto.randomUUID();
      underWay.setItem("sign-in", state);
      // Without `offline_access` there would be no refresh token.
      return client.auth.authorizeUrl({ state, redirectUri, scope: "openid profile offline_access" });
    },

    /** Ends a sign-in, on the page of `redirectUri`. `address` is that of the page: `new URL(location.href)`. */
    async finish({ searchParams }: URL): Promise<void> {
      const state = underWay.getItem("sign-in");
      underWay.removeItem("sign-in");
      // Somebody else's link would sign the person in as them.
      if (state === null || searchParams.get("state") !== state)
        throw new Error("this sign-in was not begun here");
      const code = searchParams.get("code");
      if (!code)
        throw new Error(`the sign-in was refused: ${searchParams.get("error") ?? "there is no code"}`);
      await auth.accept(await client.auth.login({ code, redirectUri }));
      await client.users.register();
    },

    /** Signs out, in all tabs. The tokens are forgotten here; the identity provider is not told. */
    signOut: () => auth.clear(),
  };
}
