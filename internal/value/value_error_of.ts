import { ValueError } from "./value_error.ts";

/** For tests: the ValueError that an action throws; its absence, or another error, is thrown on. */
export function valueErrorOf(action: () => unknown): ValueError {
  let result: unknown;
  try {
    result = action();
  } catch (error) {
    if (error instanceof ValueError) return error;
    throw error;
  }
  throw new Error(`expected a ValueError, got ${Bun.inspect(result)}`);
}
