import { type Stats, statSync } from "node:fs";
import { UsageError } from "../../internal/cli/mod.ts";
import { errorText } from "../../internal/diag/mod.ts";

/**
 * What is at a path that was given by name, links followed.
 *
 * @param shown the path as it was given
 * @throws UsageError for nothing, and for what cannot be looked at, such as a loop of links
 */
export function lookAt(path: string, shown: string): Stats {
  if (shown === "") throw new UsageError("E_USAGE_ARGUMENT", "an empty path names nothing");
  let stat: Stats | undefined;
  try {
    stat = statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw new UsageError("E_USAGE_ARGUMENT", `${shown} cannot be read: ${errorText(error)}`);
  }
  if (stat === undefined) throw new UsageError("E_USAGE_ARGUMENT", `${shown} does not exist`);
  return stat;
}
