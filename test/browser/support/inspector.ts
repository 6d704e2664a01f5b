import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { VydonClient, type VydonClientOptions } from "tenantry";
import { createMockServer, type MockServer } from "tenantry/mock";
import { type Listener, listen } from "tenantry/mock/node";
import { expect } from "vitest";
import { audit } from "./audit.js";
import { openPage, type Watched } from "./chromium.js";

/** The inspector's page, with its elements by the names that users see. */
export interface Inspector extends Watched {
  readonly server: MockServer;
  readonly url: string;
  readonly calls: Locator;
  readonly detail: Locator;
  readonly alert: Locator;
  /** The URLs that the page requested. */
  readonly requested: readonly string[];
  /** Opens a tab. */
  tab(name: string): Promise<void>;
  /** Presses a button. */
  press(name: string): Promise<void>;
  /** Waits for a notice with this text. */
  waitForNotice(text: string): Promise<void>;
  /** Returns the violations that axe finds. */
  audit(): Promise<string[]>;
  /** Creates a client of the inspected server. */
  client(email?: string, retry?: VydonClientOptions["retry"]): VydonClient;
  /** Returns the name of the focused element. */
  focused(): Promise<string | null | undefined>;
  /** Closes the page. Fails if the console has errors, or if the page sent requests to another server. */
  close(): Promise<void>;
}

export interface Settings extends BrowserContextOptions {
  readonly path?: string;
  /** Runs before the page opens. */
  readonly before?: (page: Page) => Promise<void>;
}

/** Opens the inspector of a new server. */
export async function inspect(
  browser: Browser,
  { path = "/", before, ...options }: Settings = {},
): Promise<Inspector> {
  const server = createMockServer();
  const listener: Listener = await listen(server, { admin: true });
  const watched = await openPage(browser, "about:blank", { acceptDownloads: true, ...options });
  const { page } = watched;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: listener.url });
  const requested: string[] = [];
  page.on("request", (request) => requested.push(request.url()));
  await before?.(page);
  await page.goto(listener.url + path);
  await page.getByRole("link", { name: "Server time" }).getByText("2026-01-01").waitFor();
  return {
    ...watched,
    server,
    url: listener.url,
    requested,
    calls: page.getByRole("listbox", { name: "Calls" }).getByRole("option"),
    detail: page.getByRole("article"),
    alert: page.getByRole("alert").filter({ hasText: /./ }),
    tab: (name) => page.getByRole("navigation", { name: "Inspector" }).getByRole("link", { name }).click(),
    press: (name) => page.getByRole("button", { name, exact: true }).click(),
    waitForNotice: (text) => page.getByRole("status").getByText(text).waitFor(),
    audit: () => audit(page),
    client(email = "ada@example.com", retry = false) {
      const { token } = server.vydon.signIn({ email });
      return new VydonClient({ baseUrl: listener.url, auth: token, retry });
    },
    focused: () =>
      page.evaluate(() => {
        const { activeElement } = document;
        return activeElement?.getAttribute("aria-label") ?? activeElement?.textContent;
      }),
    async close() {
      await page.context().close();
      server.clock.freeze();
      await listener.close();
      expect(watched.consoleErrors).toEqual([]);
      // Requests to the page's server, and URLs that the page created, are allowed.
      const foreign = requested.filter(
        (each) => !each.startsWith(listener.url) && !/^(data|blob):/.test(each),
      );
      expect(foreign).toEqual([]);
    },
  };
}
