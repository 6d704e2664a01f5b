import { setupWorker } from "msw/browser";
import { Members, ServerAway, Stranger } from "../../../examples/recipes/storybook/member-list.stories.js";

const stories = { Members, ServerAway, Stranger };

declare global {
  interface Window {
    showStory(name: keyof typeof stories): Promise<void>;
  }
}

const worker = setupWorker();
const ready = worker.start({ quiet: true, onUnhandledRequest: "error" });

/** Shows a story as Storybook and its MSW addon do. */
window.showStory = async (name) => {
  await ready;
  const { beforeEach, render } = stories[name];
  worker.resetHandlers();
  beforeEach({ msw: worker });
  document.body.replaceChildren(render());
};
