// jsdom, with the globals of Node that jsdom lacks.
const { TestEnvironment } = require("jest-environment-jsdom");

const names = ["fetch", "Headers", "Request", "Response", "ReadableStream", "TextEncoder", "TextDecoder"];

module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    for (const name of names) this.global[name] = globalThis[name];
  }
};
