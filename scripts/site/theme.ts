import {
  type Application,
  DefaultTheme,
  JSX,
  KindRouter,
  type NavigationElement,
  type ProjectReflection,
  type Reflection,
} from "typedoc";
import { pageOf } from "./names.js";
import { addressOf, groups } from "./pages.js";

/** Sets the site's addresses and its navigation. */
export function theme(app: Application): void {
  app.renderer.defineRouter("site", SiteRouter);
  app.renderer.defineTheme("site", SiteTheme);
  app.renderer.hooks.on("head.begin", () => script(openGroups));
}

/** Opens the groups of guides in the navigation. If a reader closes a group, it stays closed on the next page. */
const openGroups = `for (const group of ${JSON.stringify(groups.slice(0, 4).map(({ title }) => title))})
  localStorage["tsd-accordion-" + group] ??= "true";`;

function script(html: string): JSX.Element {
  return JSX.createElement("script", null, JSX.createElement(JSX.Raw, { html }));
}

/** A page that is written by hand has the address of its file. The other pages have TypeDoc's addresses. */
class SiteRouter extends KindRouter {
  protected override getIdealBaseName(reflection: Reflection): string {
    return reflection.isDocument() ? addressOf(pageOf(reflection)) : super.getIdealBaseName(reflection);
  }
}

class SiteTheme extends DefaultTheme {
  /** Returns the groups of pages, one after the other, with the modules first in `Reference`. */
  override buildNavigation(project: ProjectReflection): NavigationElement[] {
    const all = super.buildNavigation(project);
    const modules = all.filter(({ path }) => path?.startsWith("modules/"));
    return groups.map(({ title, pages }) => {
      const own = pages.flatMap((page) => all.filter(({ path }) => path === `${addressOf(page)}.html`));
      return { text: title, children: title === "Reference" ? [...modules, ...own] : own };
    });
  }
}
