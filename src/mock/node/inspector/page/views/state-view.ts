import type { SnapshotResponseJson } from "../../../../../../gen/tenantry/mock/v1/admin_pb.js";
import type { Context, View } from "../context.js";
import { button, buttons, card, columns, field, form, page, submit } from "../controls.js";
import { h } from "../dom.js";
import { openFile, saveFile } from "../files.js";

const sample = {
  vydon: { accounts: [{ name: "acme", members: [{ email: "ada@example.com" }] }] },
};

/** Returns the view that seeds, saves, loads and resets the server's state. */
export function stateView({ admin, act, say, world }: Context): View {
  const text = h("textarea", { class: "input code", rows: 14, spellcheck: "false" });
  text.value = JSON.stringify(sample, null, 2);

  const seed = () => act(() => admin("Seed", { seed: parse(text.value) }), "The seed was added");
  const openSeed = () =>
    act(async () => {
      const file = await openFile();
      if (file !== undefined) text.value = file;
    });
  const save = () =>
    act(async () => {
      const { snapshot } = await admin<SnapshotResponseJson>("Snapshot");
      saveFile(`${world ?? "mock"}-snapshot.json`, JSON.stringify(snapshot, null, 2));
    }, "The snapshot was saved");
  const restore = () =>
    act(async () => {
      const file = await openFile();
      if (file === undefined) return;
      await admin("Restore", { snapshot: parse(file) });
      say("The snapshot was loaded");
    });
  const reset = () => act(() => admin("Reset"), "The server was reset");

  return {
    element: page(
      "State",
      "The server's data, ids and time",
      [],
      columns(
        card(
          "Seed",
          "Adds people, accounts and more.",
          form(
            () => void seed(),
            field("Seed as JSON", text),
            buttons(
              submit("Add seed"),
              button("Open file…", () => void openSeed()),
              button("Save to file", () => saveFile("seed.json", text.value)),
            ),
          ),
        ),
        h(
          "div",
          { class: "stack" },
          card(
            "Snapshot",
            "All rows, the ids and the time, as a file. Loading a file replaces them; faults and calls stay.",
            buttons(
              button("Save snapshot", () => void save(), "primary"),
              button("Load snapshot…", () => void restore()),
            ),
          ),
          card(
            "Reset",
            "Restores the state after the last seed, or at the start. Removes faults and calls.",
            buttons(button("Reset", () => void reset(), "danger")),
          ),
        ),
      ),
    ),
    update() {},
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`This is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}
