import { type DeclarationReflection, ReferenceType, ReflectionKind } from "typedoc";

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
