import { expect, it } from "vitest";
import { InvalidArgumentError } from "../core/errors/errors.js";
import { fromEnv } from "./from-env.js";

it("fromEnv() reads each API's variables", () => {
  const env = {
    VYDON_BASE_URL: "https://vydon.example.com",
    VYDON_API_KEY: "key",
    ONA_API_KEY: "pat",
    FAM_BASE_URL: "https://fam.example.com/api",
    FAM_ACCESS_TOKEN: "jwt",
  };
  expect(fromEnv("vydon", env)).toEqual({ baseUrl: "https://vydon.example.com", auth: "key" });
  expect(fromEnv("ona", env)).toEqual({ baseUrl: "https://app.ona.com/api", auth: "pat" });
  expect(fromEnv("fam", env)).toEqual({ baseUrl: "https://fam.example.com/api", auth: "jwt" });
});

it("fromEnv() reads the older names if the newer ones are not set or empty", () => {
  const neosync = { NEOSYNC_BASE_URL: "https://n.example.com", NEOSYNC_API_KEY: "old", VYDON_API_KEY: " " };
  expect(fromEnv("vydon", neosync)).toEqual({ baseUrl: "https://n.example.com", auth: "old" });
  expect(fromEnv("vydon", { ...neosync, VYDON_API_KEY: "new" }).auth).toBe("new");
  expect(fromEnv("ona", { GITPOD_API_KEY: "g", ONA_BASE_URL: "https://o.example.com" })).toEqual({
    baseUrl: "https://o.example.com",
    auth: "g",
  });
});

it("fromEnv() reads the variables of the vendors' command lines", () => {
  const vydon = { VYDON_API_URL: "https://v.example.com", VYDON_API_KEY: "key" };
  const neosync = { NEOSYNC_API_URL: "https://n.example.com", NEOSYNC_API_KEY: "old" };
  expect(fromEnv("vydon", { ...vydon, ...neosync })).toEqual({
    baseUrl: "https://v.example.com",
    auth: "key",
  });
  expect(fromEnv("vydon", neosync)).toEqual({ baseUrl: "https://n.example.com", auth: "old" });
});

it("fromEnv() throws an error that names the missing or wrong variable, and shows no value", () => {
  const env = { VYDON_BASE_URL: "https://user:s3cr3t@vydon.example.com", VYDON_API_KEY: "key" };
  expect(() => fromEnv("vydon", {})).toThrow(InvalidArgumentError);
  expect(() => fromEnv("vydon", {})).toThrow(
    /VYDON_BASE_URL \(or VYDON_API_URL, NEOSYNC_BASE_URL, NEOSYNC_API_URL\)/,
  );
  expect(() => fromEnv("vydon", { ...env, VYDON_API_KEY: "" })).toThrow(/VYDON_API_KEY/);
  expect(() => fromEnv("fam", { FAM_BASE_URL: "https://fam.example.com" })).toThrow(/FAM_ACCESS_TOKEN/);
  expect(() => fromEnv("vydon", env)).toThrow(/VYDON_BASE_URL must not have a user/);
  expect(() => fromEnv("vydon", env)).not.toThrow(/s3cr3t/);
});

it.each(["acme", "toString"])(
  "fromEnv() throws an error that lists the APIs if it is called with %j",
  (name) => {
    // @ts-expect-error
    const api: "vydon" = name;
    expect(() => fromEnv(api, {})).toThrow(`fromEnv supports vydon, ona, fam, not "${name}"`);
  },
);

it("fromEnv() reads the process's own environment by default", () => {
  const before = process.env["ONA_API_KEY"];
  process.env["ONA_API_KEY"] = "from the process";
  try {
    expect(fromEnv("ona").auth).toBe("from the process");
  } finally {
    if (before === undefined) delete process.env["ONA_API_KEY"];
    else process.env["ONA_API_KEY"] = before;
  }
});
