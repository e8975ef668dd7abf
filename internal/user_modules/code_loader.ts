import { extname } from "node:path";

/** How Bun reads files with code, by extension. */
const LOADERS: Readonly<Record<string, "ts" | "tsx" | "jsx">> = {
  ".ts": "ts",
  ".mts": "ts",
  ".cts": "ts",
  ".tsx": "tsx",
  ".js": "jsx",
  ".mjs": "jsx",
  ".cjs": "jsx",
  ".jsx": "jsx",
};

/** Files with ECMAScript modules: not those that are CommonJS by name. */
export const MODULE_FILE = /\.(?:m?[jt]s|[jt]sx)$/;

/** The loader of a file with TypeScript or JavaScript; undefined for other files. */
export function codeLoader(path: string): "ts" | "tsx" | "jsx" | undefined {
  return LOADERS[extname(path)];
}
