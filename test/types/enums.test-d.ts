import { expectTypeOf, test } from "vitest";
import type { AccountStatusJson } from "../../gen/fam/v1/account_pb.js";
import type { AccountStatusJson as VydonAccountStatusJson } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { enumNames } from "../../src/core/json/enums.js";

const statuses = enumNames<"ACCOUNT_STATUS_", AccountStatusJson>("ACCOUNT_STATUS_", {
  unverified: 1,
  pending: 2,
  verified: 3,
});

test("enumNames() needs every value of the generated enum", () => {
  // @ts-expect-error `verified` is missing
  enumNames<"ACCOUNT_STATUS_", AccountStatusJson>("ACCOUNT_STATUS_", { unverified: 1, pending: 2 });
});

test("enumNames() accepts no other values", () => {
  enumNames<"ACCOUNT_STATUS_", AccountStatusJson>("ACCOUNT_STATUS_", {
    unverified: 1,
    // @ts-expect-error it is `pending`
    pendign: 2,
    verified: 3,
  });
  enumNames<"ACCOUNT_STATUS_", AccountStatusJson>("ACCOUNT_STATUS_", {
    // @ts-expect-error the zero value has its name already
    unspecified: 0,
    unverified: 1,
    pending: 2,
    verified: 3,
  });
});

test("enumNames() needs the prefix of the type parameter", () => {
  // @ts-expect-error it is "ACCOUNT_STATUS_"
  enumNames<"ACCOUNT_STATUS_", AccountStatusJson>("ACCOUNT_TYPE_", {
    unverified: 1,
    pending: 2,
    verified: 3,
  });
});

test("enumNames() accepts a longer name for the zero value", () => {
  enumNames<"ACCOUNT_STATUS_", VydonAccountStatusJson>(
    "ACCOUNT_STATUS_",
    { account_in_expired_state: 3, account_trial_active: 4, account_trial_expired: 5 },
    "REASON_UNSPECIFIED",
  );
});

test("read() returns our names, and toWire() accepts them", () => {
  expectTypeOf(statuses.read({}, "status")).toEqualTypeOf<
    "unspecified" | "unverified" | "pending" | "verified" | "unknown"
  >();
  expectTypeOf(statuses.toWire("pending", "status")).toExtend<AccountStatusJson>();
  // @ts-expect-error the server's own value is not one of our names
  statuses.toWire("ACCOUNT_STATUS_PENDING", "status");
  // @ts-expect-error "unspecified" cannot be sent
  statuses.toWire("unspecified", "status");
});
