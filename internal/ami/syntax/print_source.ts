import type { EnumDecl, ImportDecl, SourceFile } from "./ast.ts";
import { printFunction } from "./print_block.ts";
import { printErrorBlock, printPipeline } from "./print_pipeline.ts";

/**
 * A tree as source: what `parseSource` reads from it is the same tree, positions and the payloads of pragmas aside. Of
 * declarations of one kind the order is kept; between the kinds it has no meaning.
 */
export function printSource(tree: SourceFile): string {
  const parts = [
    ...tree.pragmas.map(({ name }) => `#pragma ${name}`),
    ...(tree.package === undefined ? [] : [`package ${tree.package.text}`]),
    ...tree.imports.map(printImport),
    ...tree.enums.map(printEnum),
    ...tree.funcs.map((func) => printFunction(func)),
    ...tree.errors.map((error) => printErrorBlock(error, "")),
    ...tree.pipelines.map(printPipeline),
  ];
  return parts.map((part) => `${part}\n`).join("");
}

function printImport({ alias, path, version }: ImportDecl): string {
  const name = alias === undefined ? "" : `${alias.text} `;
  return `import ${name}${JSON.stringify(path.text)}${version === undefined ? "" : ` >= ${version}`}`;
}

function printEnum({ name, members }: EnumDecl): string {
  return `enum ${name.text} { ${members.map(({ text }) => text).join(", ")} }`;
}
