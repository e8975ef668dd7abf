import { type Diagnostic, diagnostic } from "../diag/mod.ts";

/** W_MOCK_UNUSED (flows §11): a key that answers nothing, and why. */
export function unusedMock(key: string, why: string): Diagnostic {
  const message = `mock ${key} is used by nothing: ${why}`;
  return diagnostic({ level: "warn", code: "W_MOCK_UNUSED", message });
}
