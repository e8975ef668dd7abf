/**
 * What a module gets from `import … from "plumb"` at run time: nothing yet. What it needs of plumb are types, which are gone when
 * it runs, and everything else comes with `ctx`.
 */
export const PLUMB_MODULE: Readonly<Record<string, unknown>> = {};
