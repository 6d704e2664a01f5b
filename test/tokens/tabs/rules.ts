import { parseJson } from "../../../src/core/json/parse-json.js";
import { toStored } from "../../../src/core/tokens/stores/token-store.js";
import type { Actor } from "../explore/simulation.js";

/** Something that was written, by a tab or by the user. */
export interface Write {
  readonly by: Actor | undefined;
  readonly text: string | null;
  readonly revision: string | undefined;
}

/** Checks that the tabs write and read as if they had one storage. */
export class Rules {
  readonly writes: Write[] = [{ by: undefined, text: null, revision: undefined }];
  /** Why the rules do not hold any more, although no tab has made a mistake. */
  excuse: string | undefined;
  broken: Error | undefined;

  get latest(): Write {
    const latest = this.writes.at(-1);
    if (!latest) throw new Error("nothing was written");
    return latest;
  }

  /** A tab that sees `visible` writes. */
  write(tab: Actor, visible: string | null, text: string): void {
    const { latest } = this;
    if (latest.text !== visible) {
      this.failToSeeLatest(
        `${tab.name} writes ${text} over ${visible}, but ${latest.by?.name} has written ${latest.text}`,
      );
    }
    this.note(tab, text);
  }

  note(by: Actor | undefined, text: string | null): void {
    this.writes.push({ by, text, revision: revisionOf(text) });
  }

  /** How far a tab that sees this text has come. */
  indexOf(text: string | null): number {
    return this.writes.findLastIndex((write) => write.text === text);
  }

  loaded(tab: Actor, revision: string | undefined, seen: number): void {
    if (this.writes.findLastIndex((write) => write.revision === revision) < seen)
      this.fail(`${tab.name} loads ${revision}, but has seen ${this.writes[seen]?.text}`);
  }

  /** A tab acts on older data. That is allowed if the last writer is closed: only its lock showed its write to other tabs. */
  failToSeeLatest(text: string): void {
    if (this.latest.by?.isDead) this.excuse ??= "the tab that wrote last is gone";
    this.fail(text);
  }

  fail(text: string): void {
    if (this.excuse === undefined) this.broken ??= new Error(text);
  }
}

function revisionOf(text: string | null): string | undefined {
  return toStored(parseJson(text ?? ""))?.revision;
}
