/**
 * Node types that every engine and executor performs by itself (flows §10): they are never listed as capabilities and never
 * missing.
 */
export const CONTROL_KINDS = ["switch", "dsl.emit", "finish"] as const;
export type ControlKind = (typeof CONTROL_KINDS)[number];

export function isControlKind(kind: string): kind is ControlKind {
  return (CONTROL_KINDS as readonly string[]).includes(kind);
}
