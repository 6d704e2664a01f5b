// A process that waits on a mock's clock in every way. It must come to its end, and nothing of the clock may keep it alive afterwards.
import { createMockServer } from "tenantry/mock";

const { clock } = createMockServer();
// The clock stands still, and the process has nothing else to do: the sleep must not let it end early.
await clock.sleep(1_000);
clock.run();
await clock.sleep(1);
const cancel = clock.setTimeout(() => {}, 86_400_000);
cancel();
clock.freeze();
console.log("over");
