import { memoryStore } from "tenantry";
import { storeConformance } from "tenantry/testing";

const open = () => memoryStore();

storeConformance(() => ({ open, corrupt: () => {} }));
storeConformance(() => ({ open }), { corrupts: false });
// @ts-expect-error a place without `corrupt` needs `corrupts: false`
storeConformance(() => ({ open }));
// @ts-expect-error the same, with `corrupts: true`
storeConformance(() => ({ open }), { corrupts: true });
