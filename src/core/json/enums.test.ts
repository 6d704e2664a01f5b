import { describe, expect, it } from "vitest";
import { InvalidArgumentError } from "../errors/errors.js";
import { enumNames } from "./enums.js";

type RoleJson = "ROLE_UNSPECIFIED" | "ROLE_ADMIN" | "ROLE_JOB_VIEWER";

const roles = enumNames<"ROLE_", RoleJson>("ROLE_", { admin: 1, job_viewer: 3 });

describe("an enum of a response", () => {
  it.each([
    ["ROLE_ADMIN", "admin"],
    ["ROLE_JOB_VIEWER", "job_viewer"],
    [1, "admin"],
    [3, "job_viewer"],
    ["ROLE_UNSPECIFIED", "unspecified"],
    [0, "unspecified"],
    [null, "unspecified"],
    [undefined, "unspecified"],
  ])("%s is %s", (value, name) => {
    expect(roles.read({ role: value }, "role")).toBe(name);
  });

  it.each([2, 4, -1, 1.5, "ROLE_OWNER", "role_admin", "admin", "ADMIN", "1", "", "toString", "__proto__"])(
    "%j is unknown",
    (value) => {
      expect(roles.read({ role: value }, "role")).toBe("unknown");
    },
  );

  it.each([
    [true, "boolean"],
    [{}, "object"],
    [["ROLE_ADMIN"], "list"],
  ])("%j is an error", (value, type) => {
    expect(() => roles.read({ role: value }, "role")).toThrow(
      expect.objectContaining({ path: "role", message: `must be a name, not this ${type}` }),
    );
  });

  it("may have a zero value with a name of its own", () => {
    const statuses = enumNames<"STATUS_", "STATUS_REASON_UNSPECIFIED" | "STATUS_OPEN">(
      "STATUS_",
      { open: 3 },
      "REASON_UNSPECIFIED",
    );
    expect(statuses.read({ status: "STATUS_REASON_UNSPECIFIED" }, "status")).toBe("unspecified");
    expect(statuses.read({ status: "STATUS_UNSPECIFIED" }, "status")).toBe("unknown");
    expect(statuses.read({ status: 3 }, "status")).toBe("open");
  });
});

describe("an enum of a request", () => {
  it("has the value's name on the wire", () => {
    expect(roles.toWire("job_viewer", "role")).toBe("ROLE_JOB_VIEWER");
  });

  it.each(["owner", "unspecified", "unknown", "", "toString", "__proto__", 1, null, undefined, ["admin"]])(
    "%j is refused, and the error lists what is allowed",
    (name) => {
      const wrong = () => Reflect.apply(roles.toWire, roles, [name, "role"]);
      expect(wrong).toThrow(InvalidArgumentError);
      expect(wrong).toThrow("role must be one of admin, job_viewer");
    },
  );
});
