import type { Browser, BrowserContextOptions, Locator } from "playwright-core";
import { audit } from "./audit.js";
import { built } from "./build-example.js";
import { launch, openPage, type Watched } from "./chromium.js";
import { type Served, serve } from "./serve.js";

/** The example's page, with its elements by the names that users see. */
export interface TeamAdmin extends Watched {
  readonly members: Locator;
  readonly invites: Locator;
  readonly billing: Locator;
  readonly apiKeys: Locator;
  readonly dialog: Locator;
  readonly search: Locator;
  /** The choice of a team. */
  readonly team: Locator;
  /** The message of the last action: a success, or an error in `alert`. */
  readonly notice: Locator;
  readonly alert: Locator;
  /** The demo panel beside the app, and the log of calls in it. */
  readonly dock: Locator;
  readonly log: Locator;
  /** Presses a button or switch of the demo panel. */
  demo(scenario: string): Promise<void>;
  /** Returns the accessible name of the focused element. */
  focused(): Promise<string | null | undefined>;
  /** Returns the violations that axe finds. */
  audit(): Promise<string[]>;
}

/** The built example on a server, and a browser. */
export class Stage {
  readonly #site: Served;
  readonly #browser: Browser;

  private constructor(site: Served, browser: Browser) {
    this.#site = site;
    this.#browser = browser;
  }

  static async open(): Promise<Stage> {
    return new Stage(await serve({ directory: built }), await launch());
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#site.close();
  }

  /** Opens the page with a new mock server, and waits until it shows the team. */
  async enter(options: BrowserContextOptions = {}): Promise<TeamAdmin> {
    const watched = await openPage(this.#browser, this.#site.url, options);
    const { page } = watched;
    const region = (name: string) => page.getByRole("region", { name });
    const dock = page.getByRole("complementary", { name: "Demo" });
    const admin: TeamAdmin = {
      ...watched,
      members: region("Members"),
      invites: region("Open invites"),
      billing: region("Billing"),
      apiKeys: region("API keys"),
      dock,
      log: dock.getByRole("log"),
      dialog: page.getByRole("dialog"),
      search: page.getByRole("searchbox"),
      team: page.getByLabel("Team", { exact: true }),
      notice: page.locator(".notices").getByRole("status"),
      alert: page.getByRole("alert").filter({ hasText: /./ }),
      async demo(scenario) {
        // An event, because a click cannot reach an element behind a dialog.
        await dock.getByText(scenario, { exact: true }).dispatchEvent("click");
      },
      focused: () =>
        page.evaluate(
          () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent,
        ),
      audit: () => audit(page),
    };
    await admin.members.getByText("27 people").waitFor();
    await admin.billing.getByText("Active").waitFor();
    await admin.invites.getByText("annie@example.com").waitFor();
    await admin.apiKeys.getByText("nightly-sync").waitFor();
    return admin;
  }
}
