import type { ApiJson, FaultJson } from "../../../../../../gen/tenantry/mock/v1/admin_pb.js";
import { field, form, input, select, submit } from "../controls.js";
import { fill, h } from "../dom.js";

const effects = [
  ["code:unavailable", "Error: unavailable"],
  ["code:internal", "Error: internal"],
  ["code:resource_exhausted", "Error: resource_exhausted"],
  ["code:deadline_exceeded", "Error: deadline_exceeded"],
  ["code:unauthenticated", "Error: unauthenticated"],
  ["code:permission_denied", "Error: permission_denied"],
  ["code:not_found", "Error: not_found"],
  ["code:aborted", "Error: aborted"],
  ["wire:html_502", "Gateway: 502 with an HTML page"],
  ["wire:html_429", "Gateway: 429 with an HTML page"],
  ["wire:reset", "Wire: connection breaks before the response"],
  ["wire:lost_response", "Wire: carried out, response lost"],
  ["wire:cut_json", "Wire: JSON cut off"],
  ["wire:cut_body", "Wire: connection breaks in the body"],
  ["wire:wrong_content_type", "Wire: wrong content type"],
  ["wire:drip", "Wire: response comes in slow pieces"],
  ["late:", "Delay only"],
] as const;

/** The form for a new fault. */
export class FaultForm {
  readonly element: HTMLFormElement;
  /** The first input. */
  readonly first = input({ list: "methods", placeholder: "every RPC" });
  readonly #methods = h("datalist", { id: "methods" });
  readonly #effect = select(effects);
  readonly #times = number("all calls");
  readonly #latency = number("0");
  readonly #account = input({ placeholder: "any" });
  readonly #message = input({ placeholder: "injected fault" });
  readonly #retryAfter = number("no header");
  readonly #after = number("0");
  readonly #every = number("1");
  readonly #percent = number("100");
  #apis = 0;

  /** `inject` gets a function that returns the fault. It throws an error if a field is not valid. */
  constructor(inject: (fault: () => FaultJson) => Promise<boolean>) {
    this.element = form(
      () => void inject(() => this.#read()),
      this.#methods,
      field("RPC", this.first),
      field("What happens", this.#effect),
      h(
        "div",
        { class: "fields" },
        field("How many times", this.#times),
        field("Delay, in ms", this.#latency),
      ),
      h(
        "details",
        { class: "more" },
        h("summary", {}, "More conditions"),
        h(
          "div",
          { class: "fields" },
          field("Account id", this.#account),
          field("Error text", this.#message),
          field("Retry-After, in seconds", this.#retryAfter),
          field("Calls before the first hit", this.#after),
          field("One call in", this.#every),
          field("Probability, in percent", this.#percent),
        ),
      ),
      submit("Set fault"),
    );
  }

  /** Offers the names of these APIs' RPCs. */
  offer(apis: readonly ApiJson[]): void {
    if (apis.length === this.#apis) return;
    this.#apis = apis.length;
    const names = apis.flatMap(({ name, paths = [] }) =>
      paths.map((path) => `${name}.${path.split("/").at(-1)}`),
    );
    fill(this.#methods, ...names.sort().map((value) => h("option", { value })));
  }

  #read(): FaultJson {
    const [kind, name = ""] = this.#effect.value.split(":");
    const millis = read(this.#latency);
    const retryAfter = read(this.#retryAfter);
    const percent = read(this.#percent);
    return {
      ...textAs("method", this.first),
      ...textAs("accountId", this.#account),
      ...(kind === "code" && { code: name, ...textAs("message", this.#message) }),
      ...(kind === "wire" && { wire: name }),
      ...(millis !== undefined && { latency: `${millis / 1_000}s` }),
      ...(retryAfter !== undefined && { retryAfter: `${retryAfter}s` }),
      ...numberAs("after", this.#after),
      ...numberAs("every", this.#every),
      ...(percent !== undefined && { probability: percent / 100 }),
      ...numberAs("times", this.#times),
    };
  }
}

function number(placeholder: string): HTMLInputElement {
  return input({ type: "number", min: 0, step: "any", inputmode: "decimal", placeholder });
}

function read({ value, validity, labels }: HTMLInputElement): number | undefined {
  // The value is then empty, although the field is not. Firefox and WebKit allow any text in it.
  if (validity.badInput) throw new Error(`${labels?.[0]?.textContent}: this is not a number`);
  return value === "" ? undefined : Number(value);
}

function textAs(name: string, { value }: HTMLInputElement): Record<string, string> {
  return value.trim() === "" ? {} : { [name]: value.trim() };
}

function numberAs(name: string, box: HTMLInputElement): Record<string, number> {
  const value = read(box);
  return value === undefined ? {} : { [name]: value };
}
