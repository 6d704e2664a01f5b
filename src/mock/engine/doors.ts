import { type WireFault, wireFaults } from "./wire.js";

/** A way into a server: which faults of the wire it can do. */
export interface Door {
  /** What it is called in errors: `"the in-process transport"`. */
  readonly name: string;
  /** The faults of the wire that can be had through it. */
  readonly wires: readonly WireFault[];
  /** Whether calls can still come through it. Without it, they always can. */
  readonly isOpen?: () => boolean;
}

/** The in-process transport: there is no connection that could break. */
export const transportDoor: Door = {
  name: "the in-process transport",
  wires: wireFaults.filter((wire) => wire !== "reset" && wire !== "cut_body"),
};

/** `server.fetch`, and MSW's handlers over it. */
export const fetchDoor: Door = { name: "server.fetch", wires: wireFaults };

/** Where every fault can be had. */
export const elsewhere = "give the client server.fetch, or the URL of a listener (tenantry/mock/node)";

/** The doors of one server that somebody has opened. */
export class Doors {
  #doors: Door[] = [];

  /** Opens a door; a second time does nothing. */
  open(door: Door): void {
    this.#doors = this.#doors.filter((other) => other !== door && isOpen(other));
    this.#doors.push(door);
  }

  /** @throws Error when doors are open, but none can do this. While none is open, nobody knows which will be. */
  check(wire: WireFault): void {
    const open = this.#doors.filter(isOpen);
    if (open.length === 0 || open.some(({ wires }) => wires.includes(wire))) return;
    const names = open.map(({ name }) => name).join(" and ");
    throw new Error(`"${wire}" can't be done by ${names}, and no other door is open: first ${elsewhere}`);
  }
}

function isOpen({ isOpen }: Door): boolean {
  return isOpen === undefined || isOpen();
}
