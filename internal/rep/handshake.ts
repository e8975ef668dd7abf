import * as v from "valibot";
import { type Capabilities, CapabilitiesSchema, METHODS, type PeerError } from "./messages.ts";
import { issueText } from "./read_message.ts";
import { RPC } from "./rpc_errors.ts";
import type { RepSession } from "./session.ts";

/** What came of asking an executor what it can. */
export type Handshake =
  | { readonly kind: "capable"; readonly capabilities: Capabilities }
  /** E_REP_CAPABILITIES or E_REP_PROTOCOL (flows §13, Run). */
  | { readonly kind: "unfit"; readonly name: "E_REP_CAPABILITIES" | "E_REP_PROTOCOL"; readonly message: string }
  | { readonly kind: "error"; readonly error: PeerError };

/**
 * Asks for the capabilities, and holds later requests to the frames that the executor takes.
 * @throws RepFault
 */
export async function shakeHands(session: RepSession): Promise<Handshake> {
  const reply = await session.call(METHODS.capabilities, {});
  if (!reply.ok) return { kind: "error", error: reply.error };
  const read = v.safeParse(CapabilitiesSchema, reply.result);
  if (!read.success) {
    const message = `the executor's capabilities are not valid: ${issueText(read.issues)}`;
    return { kind: "unfit", name: "E_REP_CAPABILITIES", message };
  }
  const capabilities = read.output;
  const { protocol, limits } = capabilities;
  if (protocol !== undefined && !/^0\.\d+(?:\.\d+)?$/.test(protocol)) {
    const message = `the executor speaks REP ${protocol}; this plumb speaks 0.x`;
    return { kind: "unfit", name: "E_REP_PROTOCOL", message };
  }
  if (limits.max_frame_bytes !== undefined) session.limitRequests(limits.max_frame_bytes);
  return { kind: "capable", capabilities };
}

/**
 * Whether an executor that is kept is fit for another run. One that does not know the method counts as healthy (flows §13, reuse).
 * @throws RepFault
 */
export async function isHealthy(session: RepSession): Promise<boolean> {
  const reply = await session.call(METHODS.health, {});
  return reply.ok ? reply.result.ok === true : reply.error.code === RPC.noMethod;
}
