import { recordStory } from "../../determinism/record.js";

declare global {
  interface Window {
    recordStory: typeof recordStory;
  }
}

window.recordStory = recordStory;
