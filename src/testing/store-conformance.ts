import { crashChecks } from "./crash-checks.js";
import { sharingChecks } from "./sharing-checks.js";
import { stallChecks } from "./stall-checks.js";
import { storeChecks } from "./store-checks.js";
import { type StorePlace, World } from "./world.js";

/** One check of a store. */
export interface StoreCheck {
  /** What must hold. */
  readonly name: string;
  /** Rejects with an `Error` that says what does not hold. */
  run(): Promise<void>;
}

/**
 * The checks that a token store must pass, so that processes that share it use each refresh token once, whichever of them is
 * killed, stalled or cut off. Use them with any test runner.
 *
 * @param makePlace - makes a new, empty place for each check.
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
  makePlace: () => StorePlace | Promise<StorePlace>,
  options: {
    /** Whether the places can `corrupt` their content. Default true. */
    readonly corrupts?: boolean | undefined;
  } = {},
): StoreCheck[] {
  const { corrupts = true } = options;
  const all = [...storeChecks, ...sharingChecks, ...crashChecks, ...stallChecks];
  return all
    .filter((check) => corrupts || !check.corrupts)
    .map(({ name, run }) => ({
      name,
      async run() {
        const place = await makePlace();
        try {
          await run(new World(place), place);
        } finally {
          await place.close?.();
        }
      },
    }));
}
