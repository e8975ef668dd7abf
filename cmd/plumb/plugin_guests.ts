import type { RuntimeSettings } from "../../internal/config/mod.ts";
import { redirectConsole, redirectStreams } from "../../internal/user_modules/mod.ts";
import type { Terminal } from "./command.ts";

/** Errors that belong to no promise that somebody awaits. */
const STRAY = ["uncaughtException", "unhandledRejection"] as const;

/**
 * Does `work`, in which plugins run in this process, and keeps them from its results (flows §15: one JSON object, whatever
 * happens): what they print goes to stderr, an error that they leave behind is told there, and `process.exit` throws. This
 * guards against accidents, not against malice.
 */
export async function amongPlugins<T>(
  { plugins }: RuntimeSettings,
  { err, errStyle }: Terminal,
  work: () => Promise<T>,
): Promise<T> {
  if (plugins.length === 0) return await work();
  redirectConsole((_stream, text) => err.write(`${text}\n`));
  redirectStreams((_stream, text) => err.write(text));
  for (const event of STRAY) {
    process.removeAllListeners(event);
    process.on(event, (error: unknown) => {
      const text = error instanceof Error ? error.message : String(error);
      err.write(`${errStyle.yellow("warning")}: a plugin left an error behind: ${text}\n`);
    });
  }
  const { exit } = process;
  const refuse = (): never => {
    throw new Error("a plugin may not end the process");
  };
  process.exit = refuse;
  try {
    return await work();
  } finally {
    process.exit = exit;
  }
}
