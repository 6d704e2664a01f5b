import { crashChecks } from "./crash-checks.js";
import { withinLimit } from "./settle-limit.js";
import { sharingChecks } from "./sharing-checks.js";
import { stallChecks } from "./stall-checks.js";
import { storeChecks } from "./store-checks.js";
import { type CorruptiblePlace, type StorePlace, World } from "./world.js";

/** One check of a store. */
export interface StoreCheck {
  /** The rule that it checks. */
  readonly name: string;
  /** Runs the check. Rejects with an `Error` that explains how the store breaks the rule. */
  run(): Promise<void>;
}

/**
 * Returns the checks that a token store must pass. The processes that share such a store use each refresh token only once, even if
 * some of them are killed or stall. The checks work with any test runner.
 *
 * @param makePlace - creates a new, empty place for a check.
 *
 * @example
 * ```ts
 * const checks = storeConformance(() => {
 *   const path = join(mkdtempSync(join(tmpdir(), "store-")), "tokens.json");
 *   return { open: (clock) => fileStore(path, { clock }), corrupt: (text) => writeFileSync(path, text) };
 * });
 * for (const { name, run } of checks) test(name, run);
 * ```
 */
export function storeConformance(
  makePlace: () => CorruptiblePlace | Promise<CorruptiblePlace>,
  options?: {
    /** Whether the places can `corrupt` their content. Default true. */
    readonly corrupts?: true | undefined;
  },
): StoreCheck[];
/** Returns the checks for places that have no `corrupt`. Leaves out the checks of corrupt content. */
export function storeConformance(
  makePlace: () => StorePlace | Promise<StorePlace>,
  options: {
    /** False: the places cannot `corrupt` their content. */
    readonly corrupts: false;
  },
): StoreCheck[];
export function storeConformance(
  makePlace: () => StorePlace | Promise<StorePlace>,
  { corrupts = true }: { readonly corrupts?: boolean | undefined } = {},
): StoreCheck[] {
  const all = [...storeChecks, ...sharingChecks, ...crashChecks, ...stallChecks];
  return all
    .filter((check) => corrupts || !check.corrupts)
    .map(({ name, run }) => ({
      name,
      async run() {
        const place = await makePlace();
        try {
          await run(new World(place), place);
        } catch (reason) {
          // A failure of `close` must not hide this one. A store that hangs may not close either.
          const closing = (async () => place.close?.())();
          await withinLimit(
            closing,
            () => 0,
            () => new Error(),
          ).catch(() => {});
          throw reason;
        }
        await place.close?.();
      },
    }));
}
