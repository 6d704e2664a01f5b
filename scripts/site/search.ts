import {
  type Application,
  type DeclarationReflection,
  IndexEvent,
  ReferenceType,
  ReflectionKind,
} from "typedoc";

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

/** A method of a client. */
export interface ClientMethod {
  /** Its name with its resource: `members.list`. */
  readonly path: string;
  /** The RPCs that its documentation names. */
  readonly rpcs: readonly string[];
  readonly reflection: DeclarationReflection;
}

/** Returns the methods of all clients, by the ids of their reflections. */
export function clientMethods(declarations: readonly DeclarationReflection[]): Map<number, ClientMethod> {
  const methods = new Map<number, ClientMethod>();
  for (const property of declarations) {
    if (!property.parent?.name.endsWith("Client") || !(property.type instanceof ReferenceType)) continue;
    const resource = property.type.reflection;
    if (!resource?.isDeclaration()) continue;
    for (const reflection of resource.children ?? []) {
      if (!reflection.kindOf(ReflectionKind.Method)) continue;
      const path = `${property.name}.${reflection.name}`;
      methods.set(reflection.id, { path, rpcs: rpcsOf(reflection), reflection });
    }
  }
  return methods;
}

function rpcsOf(method: DeclarationReflection): string[] {
  const summary = method.signatures?.flatMap(({ comment }) => comment?.summary ?? []) ?? [];
  const calls =
    summary
      .map(({ text }) => text)
      .join("")
      .match(/\bCalls\s+`\w+`(?:(?:,\s+|\s+and\s+)`\w+`)*/g) ?? [];
  return calls.flatMap((text) => Array.from(text.matchAll(/`(\w+)`/g), ([, name = ""]) => name));
}
