import { ConfigError, readConfigFile } from "../../internal/config/mod.ts";
import type { Diagnostic } from "../../internal/diag/mod.ts";
import type { CheckedFile } from "./check_kind.ts";

/** The findings of a configuration; `required` are the sections that it must have (spec/cli.md, project configuration). */
export async function checkConfig(
  { path, file }: CheckedFile,
  required: Parameters<typeof readConfigFile>[2],
): Promise<readonly Diagnostic[]> {
  try {
    await readConfigFile(path, file, required);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.findings;
    throw error;
  }
}
