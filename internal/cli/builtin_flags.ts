import type { Flag } from "./flag.ts";

/** Flags that every program and every command has. */
export const BUILTIN_FLAGS: readonly Flag[] = [
  { name: "help", short: "h", kind: "boolean", help: "show usage, every flag with its default, and two examples" },
];

/** `plumb --version` stands before a command only. */
export const VERSION_FLAG: Flag = { name: "version", kind: "boolean", help: "print the version" };
