import type { EnumDecl, ErrorDecl, FuncDecl, ImportDecl, Name, PipelineDecl, SourceFile } from "./ast.ts";
import { Cursor, SyntaxFault } from "./cursor.ts";
import { parseEnum } from "./parse_enum.ts";
import { parseFunction } from "./parse_function.ts";
import { parseImport } from "./parse_import.ts";
import { parseErrorBlock, parsePipeline } from "./parse_pipeline.ts";
import { skipType } from "./parse_type_decl.ts";
import { readText } from "./raw_text.ts";
import { isLineStart } from "./source_text.ts";
import type { SyntaxFinding } from "./syntax_finding.ts";
import { isDeclarationWord, type Token } from "./token.ts";

/** A file as far as it could be read, and what is wrong with it. */
export interface ParsedSource {
  /** Without the declarations that hold syntax errors. */
  readonly tree: SourceFile;
  /** `E_PARSE`, at most one a declaration, and `E_DURATION`, by position. */
  readonly findings: readonly SyntaxFinding[];
}

/**
 * Parses a `.ami` file (pipelines §1), in time linear in its length. Whatever the text is, it gives a tree and findings and
 * never throws.
 *
 * @example
 * parseSource("package app\nfunc f( {}").findings[0]?.message; // `expected a parameter or ')', got "{"`
 */
export function parseSource(text: string): ParsedSource {
  return new SourceParser(text).parse();
}

class SourceParser {
  readonly #cursor: Cursor;
  readonly #faults: SyntaxFinding[] = [];
  readonly #imports: ImportDecl[] = [];
  readonly #funcs: FuncDecl[] = [];
  readonly #pipelines: PipelineDecl[] = [];
  readonly #enums: EnumDecl[] = [];
  readonly #errors: ErrorDecl[] = [];
  #package: Name | undefined;
  #declared = false;

  constructor(text: string) {
    this.#cursor = new Cursor(text);
  }

  parse(): ParsedSource {
    const c = this.#cursor;
    // Where the clause is missing, the file's first line may hold a declaration.
    if (!c.atEnd) this.#attempt(c.is("package") ? c.start : -1, () => this.#packageClause());
    while (!c.atEnd) {
      if (c.is(";")) c.skipSemicolons();
      else this.#attempt(c.start, () => this.#declaration());
    }
    const findings = [...this.#faults, ...c.findings].sort((a, b) => a.start - b.start);
    return { tree: this.#tree(), findings };
  }

  #tree(): SourceFile {
    return {
      package: this.#package,
      imports: this.#imports,
      funcs: this.#funcs,
      pipelines: this.#pipelines,
      enums: this.#enums,
      errors: this.#errors,
      pragmas: this.#cursor.pragmas,
    };
  }

  /** Reads a declaration that begins at `start`; where that fails, notes why and goes on at the next one. */
  #attempt(start: number, read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      this.#faults.push(error.finding);
      this.#cursor.reset();
      this.#resume(start);
    }
  }

  /**
   * Goes to the next declaration word in column 1 behind `start`: the one that the present line begins with, if the error
   * was met there only because something before is not closed, else the first on a later line.
   */
  #resume(start: number): void {
    const c = this.#cursor;
    const line = c.lineToken;
    if (line.start > start && this.#beginsDeclaration(line)) {
      c.retract(line.start);
      c.seek(line.start);
      return;
    }
    while (!c.atEnd && !(c.start > start && this.#beginsDeclaration(c.current))) c.advance();
  }

  #beginsDeclaration(token: Token): boolean {
    return token.kind === "name" && isDeclarationWord(token.text) && isLineStart(this.#cursor.text, token.start);
  }

  #packageClause(): void {
    const c = this.#cursor;
    c.expect("package");
    const name = c.expectWord("a package name");
    if (c.joined && c.text.charAt(c.start) === ":") {
      const text = readText(c.text, c.start + 1, false);
      if (text.text === "") c.failAt("text behind ':'", c.current);
      c.seek(text.end);
    }
    c.endStatement();
    this.#package = name;
  }

  #declaration(): void {
    const c = this.#cursor;
    switch (this.#declarationWord()) {
      case "package":
        this.#packageClause();
        return;
      case "import":
        for (const item of parseImport(c)) this.#imports.push(item);
        return;
      case "func":
        this.#funcs.push(parseFunction(c));
        return;
      case "pipeline":
        this.#pipelines.push(parsePipeline(c));
        return;
      case "enum":
        this.#enums.push(parseEnum(c));
        return;
      case "error":
        this.#errors.push(parseErrorBlock(c));
        return;
      case "type":
        skipType(c);
        return;
      default:
        c.fail("a declaration");
    }
  }

  /** The declaration word here, if the declaration may stand here: package and imports come first. */
  #declarationWord(): string | undefined {
    const { current } = this.#cursor;
    if (current.kind !== "name" || !isDeclarationWord(current.text)) return undefined;
    const word = current.text.toLowerCase();
    const declared = this.#declared;
    if (word === "package") return declared || this.#package !== undefined ? undefined : word;
    if (word === "import") return declared ? undefined : word;
    this.#declared = true;
    return word;
  }
}
