import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { Stage, type TeamAdmin } from "./team-admin.js";

/** Starts the example for the tests of a file. After each test, checks that the console of its pages is empty. */
export function useStage(): Pick<Stage, "enter"> {
  const entered: TeamAdmin[] = [];
  let stage: Stage | undefined;
  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterAll(() => stage?.close());
  afterEach(async () => {
    for (const { page, consoleErrors } of entered.splice(0)) {
      expect(consoleErrors).toEqual([]);
      await page.context().close();
    }
  });
  return {
    async enter(options) {
      if (stage === undefined) throw new Error("the stage is not open yet");
      const admin = await stage.enter(options);
      entered.push(admin);
      return admin;
    },
  };
}
