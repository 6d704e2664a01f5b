import { button, input, select, submit } from "./controls.js";
import { fill, h } from "./dom.js";
import { createWorld, endWorld, listWorlds } from "./worlds.js";

interface Switching {
  /** Shows a world, or the server itself if there is no name. */
  go(world: string | undefined): void;
  /** Runs `work`, and shows `done` or the error. Resolves to whether `work` succeeded. */
  act(work: () => Promise<unknown>, done?: string): Promise<boolean>;
}

/** Returns the drop-down list of worlds. It is hidden if the server has no worlds. */
export function worldSwitcher({ go, act }: Switching) {
  let current: string | undefined;
  let shown = "";
  const choice = select([]);
  choice.setAttribute("aria-label", "World");
  const element = h("div", { class: "worlds", hidden: true });

  choice.addEventListener("change", () => {
    if (choice.value === "+") askName();
    else go(choice.value.slice(1) || undefined);
  });
  const end = button(
    "End",
    () => {
      const name = current;
      if (name === undefined) return;
      void act(async () => {
        await endWorld(name);
        go(undefined);
        choice.focus();
      }, `The world ${name} has ended`);
    },
    "quiet",
  );
  end.setAttribute("aria-label", "End this world");

  function showChoice(): void {
    fill(element, choice, end);
    choice.value = `=${current ?? ""}`;
    end.hidden = current === undefined;
  }

  function askName(): void {
    const name = input({ placeholder: "name", "aria-label": "Name of the new world" });
    const leave = () => {
      showChoice();
      choice.focus();
    };
    const made = h(
      "form",
      {
        class: "world-form",
        onsubmit(event) {
          event.preventDefault();
          void act(async () => {
            await createWorld(name.value);
            go(name.value);
            leave();
          }, `The world ${name.value} was created`);
        },
        onkeydown(event) {
          if (event instanceof KeyboardEvent && event.key === "Escape") leave();
        },
      },
      name,
      submit("Create"),
    );
    fill(element, made);
    name.focus();
  }

  return {
    element,
    /** Reads the worlds again, and shows which one is chosen. */
    async update(world: string | undefined): Promise<void> {
      const worlds = await listWorlds().catch(() => undefined);
      element.hidden = worlds === undefined;
      const names = worlds ?? [];
      const text = JSON.stringify([names, world]);
      if (text === shown) return;
      shown = text;
      current = world;
      const gone = world !== undefined && !names.includes(world) ? [world] : [];
      fill(
        choice,
        h("option", { value: "=" }, "The server"),
        ...[...names, ...gone].map((name) => h("option", { value: `=${name}` }, name)),
        h("option", { value: "+" }, "New world…"),
      );
      if (!element.contains(document.activeElement) || document.activeElement === choice) showChoice();
    },
  };
}
