import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { createMockServer, type MockServer } from "tenantry/mock";
import { type Listener, listen } from "tenantry/mock/node";
import { audit } from "./audit.js";
import { openPage, type Watched } from "./chromium.js";

/** The inspector's page, by the names that its users see. */
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
  /** Waits for a short text in the corner. */
  told(text: string): Promise<void>;
  /** What axe finds. */
  audit(): Promise<string[]>;
  close(): Promise<void>;
}

interface Settings extends BrowserContextOptions {
  readonly path?: string;
  /** Runs before the page opens. */
  readonly before?: (page: Page) => Promise<void>;
}

/** Opens the inspector of a server of its own. */
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
    ...{ ...watched, server, url: listener.url, requested },
    calls: page.getByRole("listbox", { name: "Calls" }).getByRole("option"),
    detail: page.getByRole("article"),
    alert: page.getByRole("alert").filter({ hasText: /./ }),
    tab: (name) => page.getByRole("navigation", { name: "Inspector" }).getByRole("link", { name }).click(),
    press: (name) => page.getByRole("button", { name, exact: true }).click(),
    told: (text) => page.getByRole("status").getByText(text).waitFor(),
    audit: () => audit(page),
    async close() {
      await page.context().close();
      server.clock.freeze();
      await listener.close();
    },
  };
}
