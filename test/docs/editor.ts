import { resolve } from "node:path";
import ts from "typescript";

/** What an editor shows for a name. */
export interface Hover {
  /** The name and its type: `(property) FamAccount.id: string`. */
  readonly signature: string;
  /** The comment and its tags. Empty if there is none. */
  readonly docs: string;
}

/** A name that a module exports, or a member of it. */
export interface PublicName extends Hover {
  /** `VydonClient.members` */
  readonly path: string;
}

const usersFile = resolve("test/docs/users-file.ts");
const sources = resolve("src");

/** An editor with one file of a user's project. In its text, a `^` marks the names that the mouse points at. */
export class Editor {
  readonly #service: ts.LanguageService;
  readonly #marks: number[] = [];

  constructor(marked: string) {
    const [first = "", ...rest] = marked.split("^");
    let position = first.length;
    for (const part of rest) {
      this.#marks.push(position);
      position += part.length;
    }
    this.#service = languageService([first, ...rest].join(""));
  }

  /** What the editor shows for the marked names. */
  hovers(): Hover[] {
    return this.#marks.map((mark) => {
      const info = this.#service.getQuickInfoAtPosition(usersFile, mark);
      const signature = ts.displayPartsToString(info?.displayParts);
      return { signature, docs: docsOf(info?.documentation ?? [], info?.tags ?? []) };
    });
  }

  /** The compiler's errors in the file. */
  errors(): string[] {
    const diagnostics = this.#service.getSemanticDiagnostics(usersFile);
    return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  }

  /** The names that the file exports again from other modules, with their members and the members of nested objects. */
  names(): PublicName[] {
    const program = this.#service.getProgram();
    const file = program?.getSourceFile(usersFile);
    if (program === undefined || file === undefined) throw new Error("the user's file is missing");
    const checker = program.getTypeChecker();
    return file.statements.flatMap((statement) => {
      const module = ts.isExportDeclaration(statement) && statement.moduleSpecifier;
      const symbol = module && checker.getSymbolAtLocation(module);
      return symbol ? [...namesOf(checker.getExportsOfModule(symbol), checker)] : [];
    });
  }
}

function* namesOf(exports: readonly ts.Symbol[], checker: ts.TypeChecker): Generator<PublicName> {
  for (const exported of exports) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    yield describe(exported.name, symbol, checker);
    if (symbol.flags & ts.SymbolFlags.Value)
      yield* nestedIn(exported.name, checker.getTypeOfSymbol(symbol), checker);
    if (symbol.flags & ts.SymbolFlags.Type)
      yield* membersOf(exported.name, checker.getDeclaredTypeOfSymbol(symbol), checker);
    if (symbol.flags & ts.SymbolFlags.Class)
      yield* membersOf(exported.name, checker.getTypeOfSymbol(symbol), checker);
  }
}

/** Yields the members that this project declares, and the members of objects without a name. */
function* membersOf(path: string, type: ts.Type, checker: ts.TypeChecker): Generator<PublicName> {
  for (const part of type.isUnion() ? type.types : [type]) {
    for (const member of checker.getPropertiesOfType(part)) {
      // The members of a mapped type have no declaration.
      const [declaration] = member.declarations ?? [];
      if (declaration ? !isPublic(declaration) : member.name === "prototype") continue;
      const name = `${path}.${member.name}`;
      yield describe(name, member, checker);
      yield* nestedIn(name, checker.getTypeOfSymbol(member), checker);
    }
  }
}

/** Yields the members of an object without a name, and of the parameters and results of functions. */
function* nestedIn(path: string, type: ts.Type, checker: ts.TypeChecker): Generator<PublicName> {
  const value = checker.getNonNullableType(type);
  for (const signature of value.getCallSignatures()) {
    for (const parameter of signature.parameters)
      yield* nestedIn(`${path}(${parameter.name})`, checker.getTypeOfSymbol(parameter), checker);
    yield* nestedIn(`${path}()`, signature.getReturnType(), checker);
  }
  // A result is the argument of an `ApiPromise`, a `List` or a `TypedQuery`.
  for (const argument of isReference(value) ? checker.getTypeArguments(value) : [])
    if (argument !== value) yield* nestedIn(path, argument, checker);
  if (/^__(type|object)$/.test(value.symbol?.name) && value.aliasSymbol === undefined)
    yield* membersOf(path, value, checker);
}

function isReference(type: ts.Type): type is ts.TypeReference {
  return "target" in type;
}

/** Whether this project declares a member, and users see it. */
function isPublic(declaration: ts.Declaration): boolean {
  const hidden = ts.ModifierFlags.Protected | ts.ModifierFlags.Private;
  const name = ts.getNameOfDeclaration(declaration);
  return (
    declaration.getSourceFile().fileName.startsWith(sources) &&
    !(ts.getCombinedModifierFlags(declaration) & hidden) &&
    !(name && (ts.isPrivateIdentifier(name) || ts.isComputedPropertyName(name)))
  );
}

function describe(path: string, symbol: ts.Symbol, checker: ts.TypeChecker): PublicName {
  const docs = docsOf(symbol.getDocumentationComment(checker), symbol.getJsDocTags(checker));
  const isValue = symbol.flags & ts.SymbolFlags.Value;
  const type = isValue ? checker.getTypeOfSymbol(symbol) : checker.getDeclaredTypeOfSymbol(symbol);
  return { path, signature: checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation), docs };
}

function docsOf(comment: ts.SymbolDisplayPart[], tags: ts.JSDocTagInfo[]): string {
  const lines = tags.map(({ name, text }) => `@${name} ${ts.displayPartsToString(text)}`);
  return [ts.displayPartsToString(comment), ...lines].join("\n").trim();
}

function languageService(content: string): ts.LanguageService {
  const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
  const read = (path: string) => (path === usersFile ? content : ts.sys.readFile(path));
  return ts.createLanguageService({
    getCompilationSettings: () => ({ ...options, noUnusedLocals: false }),
    getCurrentDirectory: () => process.cwd(),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    getScriptFileNames: () => [usersFile],
    getScriptSnapshot(path) {
      const text = read(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getScriptVersion: () => "1",
    fileExists: (path) => path === usersFile || ts.sys.fileExists(path),
    readFile: read,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  });
}
