import type { InjectedFaultJson } from "../../../../../../gen/tenantry/mock/v1/admin_pb.js";
import type { Context, Pulse, View } from "../context.js";
import { button, card, columns, page, pill } from "../controls.js";
import { empty, fill, h } from "../dom.js";
import { count } from "../format.js";
import { FaultForm } from "./fault-form.js";
import { activeFaults, effectText, isUsedUp, scopeText } from "./fault-text.js";

/** Returns the faults that are set, and a form for new ones. */
export function faultsView({ admin, act }: Context): View {
  let drawn = "";
  const form = new FaultForm((read) =>
    act(async () => admin("InjectFault", { fault: read() }), "The fault is set"),
  );
  const list = h("ul", { class: "faults" });
  const nothing = h("div");
  const note = h("span");
  const end = (ids: readonly string[], done: string) => void act(() => admin("ClearFaults", { ids }), done);
  const all = button("End all", () => end([], "No fault is set now"));

  function row({ id = "", fault = {}, hits = 0 }: InjectedFaultJson): HTMLElement {
    const isOver = isUsedUp(fault, hits);
    const times = count(hits, "hit");
    const what = effectText(fault);
    const stop = button("End", () => end([id], "The fault has ended"), "quiet");
    stop.setAttribute("aria-label", `End ${id}: ${what}`);
    return h(
      "li",
      { class: isOver ? "fault fault-used-up" : "fault" },
      h("div", {}, h("strong", {}, what), h("span", { class: "fault-scope" }, scopeText(fault))),
      isOver ? pill(`used up, ${times}`, "soft") : pill(times, hits > 0 ? "bad" : "soft"),
      stop,
    );
  }

  return {
    element: page(
      "Faults",
      note,
      [all],
      columns(
        card(
          "Set a fault",
          "A call that it hits fails before the server handles it, or its response breaks on the way.",
          form.element,
        ),
        card("Faults that are set", "", list, nothing),
      ),
    ),
    update({ faults, apis }: Pulse) {
      form.offer(apis);
      const text = JSON.stringify(faults);
      if (text === drawn) return;
      drawn = text;
      fill(
        note,
        faults.length === 0
          ? "No fault is set"
          : `${activeFaults(faults).length} of ${count(faults.length, "fault")} active`,
      );
      all.disabled = faults.length === 0;
      const hadFocus = list.contains(document.activeElement);
      fill(list, ...faults.map(row));
      if (hadFocus) (list.querySelector<HTMLElement>("button") ?? form.first).focus();
      nothing.hidden = faults.length > 0;
      fill(
        nothing,
        faults.length === 0 && empty("No faults", "Set one. The log marks the calls that it hits."),
      );
    },
  };
}
