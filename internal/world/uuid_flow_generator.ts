import type { FlowTokens } from "./flow_tokens.ts";
import type { Wall } from "./wall.ts";

/** Fresh UUIDv7 tokens (RFC 9562), as `plumb invoke` gives to a flow that names none (scenarios §11): they sort by time. */
export class UuidFlowGenerator implements FlowTokens {
  readonly #wall: Wall;

  constructor(wall: Wall) {
    this.#wall = wall;
  }

  generate(): string {
    const bytes = this.#wall.randomBytes(16);
    const view = new DataView(bytes.buffer, bytes.byteOffset, 16);
    const ms = this.#wall.nowMs();
    view.setUint16(0, Math.floor(ms / 2 ** 32));
    view.setUint32(2, ms % 2 ** 32);
    view.setUint8(6, 0x70 | (view.getUint8(6) & 0x0f));
    view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f));
    return bytes.toHex().replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }
}
