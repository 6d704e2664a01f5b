// Requests a token, and logs each refresh that it makes.
import { appendFile } from "node:fs/promises";
import { refreshableToken } from "tenantry";
import { fileStore } from "tenantry/node";

const [path = "", log = ""] = process.argv.slice(2);
let count = 0;
const source = refreshableToken({
  store: fileStore(path),
  refresh: async ({ refreshToken }) => {
    await appendFile(log, `${refreshToken}\n`);
    return { accessToken: `access-${++count}`, refreshToken: `r-${count}` };
  },
});
process.stdout.write(await source.token({}));
process.disconnect?.();
