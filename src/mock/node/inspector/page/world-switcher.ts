import type { ListWorldsResponseJson } from "../../../../../gen/tenantry/mock/v1/admin_pb.js";
import { adminOf } from "./admin.js";
import type { Context } from "./context.js";
import { button, input, select, submit } from "./controls.js";
import { fill, h } from "./dom.js";

interface Switching extends Pick<Context, "act"> {
  /** Shows a world, or the server itself if there is no name. */
  go(world: string | undefined): void;
}

/** Returns the drop-down list of worlds. It is hidden if the server does not list its worlds. */
export function worldSwitcher({ go, act }: Switching) {
  const admin = adminOf(undefined);
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
        await admin("DeleteWorld", { name });
        go(undefined);
        choice.focus();
      }, `The world ${name} has ended`);
    },
    "quiet",
  );
  end.setAttribute("aria-label", "End this world");

  function showChoice(): void {
    // An element that is put in again would lose the focus.
    if (!element.contains(choice)) fill(element, choice, end);
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
            await admin("CreateWorld", { name: name.value });
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
      const listed = await admin<ListWorldsResponseJson>("ListWorlds").catch(() => undefined);
      element.hidden = listed === undefined;
      const names = (listed?.worlds ?? []).map(({ name = "" }) => name);
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
