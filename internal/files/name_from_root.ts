import { relative, sep } from "node:path";

/** The name of a file from a root folder, `/`-separated, `../…` outside it, `.` for the root itself (DESIGN, determinism). */
export function nameFromRoot(path: string, root: string): string {
  return relative(root, path).split(sep).join("/") || ".";
}
