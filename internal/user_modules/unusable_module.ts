import { LineIndex } from "../diag/mod.ts";

/** Why a module cannot be used. The message says where: `w.ts:1:8: …`. */
export class UnusableModule extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A file of a module. */
export interface ModuleFile {
  /** Absolute. */
  readonly path: string;
  /** As its user knows it: relative to the folder of the module that was bound. */
  readonly shown: string;
  readonly text: string;
}

/** Throws UnusableModule. `index`: the UTF-16 index in the file's text; undefined where it is not known. */
export function unusable(code: string, { shown, text }: ModuleFile, index: number | undefined, message: string): never {
  if (index === undefined) throw new UnusableModule(code, `${shown}: ${message}`);
  const { line, column } = new LineIndex(text).position(index);
  throw new UnusableModule(code, `${shown}:${line}:${column}: ${message}`);
}
