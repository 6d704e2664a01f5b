import { execFile } from "node:child_process";
import type { JsonObject, JsonValue } from "@bufbuild/protobuf";

/** The result of a peer's call. */
export interface Answer {
  /** `ok`, or the error's code as Connect writes it. */
  readonly code: string;
  readonly message?: string;
  readonly details?: JsonValue[];
  readonly response?: JsonValue;
}

/** A call that a peer makes. */
export interface PeerCall {
  /** `mgmt.v1alpha1.UserAccountService/GetUser` */
  readonly rpc: string;
  readonly token?: string;
  readonly request?: JsonObject;
  /** The time limit that the peer sends to the server. */
  readonly timeoutMs?: number;
}

/** A client of another project. */
export interface Peer {
  readonly name: string;
  call(baseUrl: string, call: PeerCall): Promise<Answer>;
  /** Closes the peer's connections. */
  close?(): void;
}

/** Runs a program to its end. Any exit code is accepted. `env` is added to the environment. */
export function run(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { env: { ...process.env, ...env } }, (error, out, err) => {
      const code = error?.code ?? 0;
      if (typeof code === "number") resolve({ code, out, err });
      else reject(error);
    });
  });
}
