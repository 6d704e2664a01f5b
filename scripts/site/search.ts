import { type Application, IndexEvent } from "typedoc";
import { clientMethods } from "./client-methods.js";

/**
 * Lets the search find a client's method by its RPC and by its name: "GetTeamAccountMembers", "members.list". The RPC's
 * own value in `tenantry/vydon/methods` is left out, because it would come before the method.
 */
export function search(app: Application): void {
  app.renderer.on(IndexEvent.PREPARE_INDEX, (event) => {
    const methods = clientMethods(event.searchResults.filter((result) => result.isDeclaration()));
    const rpcs = new Set([...methods.values()].flatMap(({ rpcs }) => rpcs.map((rpc) => rpc.toLowerCase())));
    event.searchFieldWeights["calls"] = 20;
    for (const [index, result] of [...event.searchResults.entries()].reverse()) {
      const method = methods.get(result.id);
      if (method !== undefined) {
        event.searchFields[index] = {
          ...event.searchFields[index],
          calls: [method.path, ...method.rpcs].join(" "),
        };
      } else if (result.parent?.name.endsWith("/methods") && rpcs.has(result.name.toLowerCase())) {
        event.removeResult(index);
      }
    }
  });
}
