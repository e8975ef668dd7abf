import type { LineIndex, Position } from "../diag/mod.ts";

/** Where a value comes from; the earlier kinds beat the later ones (spec/cli.md). */
export type Origin =
  | { readonly kind: "flag"; readonly name: string }
  | { readonly kind: "environment"; readonly name: string }
  | { readonly kind: "file"; readonly file: string; readonly pos: Position; readonly source: LineIndex }
  | { readonly kind: "default" };

/** A value in force and where it comes from. */
export interface Setting<T = unknown> {
  readonly value: T;
  readonly origin: Origin;
}

/** `--timeout`, `PLUMB_TIMEOUT`, `plumb.yaml:3` or `default`. */
export function originText(origin: Origin): string {
  switch (origin.kind) {
    case "flag":
    case "environment":
      return origin.name;
    case "file":
      return `${origin.file}:${origin.pos.line}`;
    case "default":
      return "default";
  }
}

/** The environment variable that stands for a flag. */
export function environmentName(flag: string): string {
  return `PLUMB_${flag.toUpperCase().replaceAll("-", "_")}`;
}
