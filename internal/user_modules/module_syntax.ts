import { codeLoader } from "./code_loader.ts";
import { findInCode } from "./find_in_code.ts";
import { type ModuleFile, unusable } from "./unusable_module.ts";

/** What a file imports and exports, found without running it. */
export interface ModuleSyntax {
  /** Its own names, not those of `export * from`. */
  readonly exports: readonly string[];
  /** What is imported by a literal name. */
  readonly imports: readonly string[];
  /** What `export * from` takes over. */
  readonly taken: readonly string[];
  /** Where a name is imported that only a run can know: a UTF-16 index. */
  readonly computed: number | undefined;
  /** Where something is required: Bun resolves it, but does not tell. */
  readonly required: number | undefined;
}

const GAP = String.raw`(?:\s|/\*(?:[^*]|\*(?!/))*\*/|//.*\n)*`;
/** `import(`, and behind it anything but a literal and its end. */
const COMPUTED_IMPORT = new RegExp(
  String.raw`(?<![\w$.])import(?=${GAP}\()(?!\s*\(\s*(["'${"`"}])[^"'${"`"}\\$\n]*\1\s*[,)])`,
  "g",
);
const REQUIRE = new RegExp(String.raw`(?<![\w$.])require(?=${GAP}[(.])|(?<=\bimport\.meta\.)require\b`, "g");
/** The same in what the transpiler makes of a file: without types, brackets and comments, which may stand between. */
const BARE_REQUIRE = /(?<=\bimport\.meta\??\.)require\b/g;
const STAR_EXPORT = /^export \* from "((?:[^"\\]|\\.)*)";$/gm;

/** Reads a file with code. Throws UnusableModule with `code` if it cannot be read. */
export function readSyntax(file: ModuleFile, code: string): ModuleSyntax {
  const { path, text } = file;
  // A macro would run while its import is read.
  const options: object = { loader: codeLoader(path), macro: false };
  const transpiler = new Bun.Transpiler(options);
  const fault = (tried: string): unknown => {
    try {
      transpiler.scan(tried);
      return undefined;
    } catch (error) {
      return error;
    }
  };
  const unreadable = fault(text);
  if (unreadable !== undefined) refuseSyntax(file, code, unreadable);
  const { exports, imports } = transpiler.scan(text);
  const reads = (tried: string): boolean => fault(tried) === undefined;
  const bare = transpiler.transformSync(text);
  return {
    exports,
    imports: imports.map((found) => found.path),
    taken: [...bare.matchAll(STAR_EXPORT)].map(([, name]) => JSON.parse(`"${name}"`)),
    computed: findInCode(text, COMPUTED_IMPORT, "import", reads),
    required: findInCode(text, REQUIRE, "require", reads) ?? requiredIn(text, bare, reads),
  };
}

/** `(import.meta as any).require`, as a compiler is kept quiet. */
function requiredIn(text: string, bare: string, reads: (text: string) => boolean): number | undefined {
  if (findInCode(bare, BARE_REQUIRE, "require", reads) === undefined) return undefined;
  return Math.max(0, text.indexOf("require", text.search(/\bimport\s*\.\s*meta\b/)));
}

function refuseSyntax(file: ModuleFile, code: string, thrown: unknown): never {
  // Several flaws come together in one error; the first is told.
  const error: unknown = thrown instanceof AggregateError ? thrown.errors[0] : thrown;
  if (!(error instanceof BuildMessage)) throw thrown;
  // It counts bytes.
  const before = Buffer.from(file.text).subarray(0, error.position?.offset);
  const { message } = error;
  const sentence = message.charAt(0).toLowerCase() + message.slice(1);
  return unusable(code, file, error.position === null ? undefined : before.toString().length, sentence);
}
