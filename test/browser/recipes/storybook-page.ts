import { setupWorker } from "msw/browser";
import { Members, ServerAway, Stranger } from "../../../examples/recipes/storybook/member-list.stories.js";

const stories = { Members, ServerAway, Stranger };

declare global {
  interface Window {
    showStory(name: keyof typeof stories): Promise<string | null>;
  }
}

const worker = setupWorker();
const ready = worker.start({ quiet: true, onUnhandledRequest: "error" });

/** Shows a story as Storybook and its MSW addon do. Returns the text that it shows. */
window.showStory = async (name) => {
  await ready;
  const { parameters, loaders, render } = stories[name];
  worker.resetHandlers(...parameters.msw.handlers);
  const [load] = loaders;
  if (load === undefined) throw new Error(`${name} has no loader`);
  document.body.replaceChildren(render({}, { loaded: await load() }));
  return document.body.textContent;
};
