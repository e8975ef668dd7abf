/** JSON-RPC's own errors (flows §12). */
export const RPC = {
  notJson: -32700,
  notRequest: -32600,
  noMethod: -32601,
  badParams: -32602,
  internal: -32603,
} as const;
