// Waits on a mock's clock in every way, and has nothing else to do.
import { createMockServer } from "../../src/mock/index.js";

const { clock } = createMockServer();
await clock.sleep(1_000);
clock.run();
await clock.sleep(1);
clock.setTimeout(() => {}, 86_400_000)();
clock.freeze();
console.log("over");
