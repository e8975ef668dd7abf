/** How frames stand on a line of communication (flows §13, Transports). */
export interface FrameProfile {
  /** Other text may stand between frames: a device's console. Only on serial. */
  readonly hasNoise: boolean;
  /** Each frame is followed by a TAB and its CRC. */
  readonly hasCrc: boolean;
  /** Bytes may be lost, so that unanswered requests are sent again. */
  readonly resends: boolean;
}

/** Of pipes and TCP: nothing but frames, none lost. */
export const PLAIN_FRAMES: FrameProfile = { hasNoise: false, hasCrc: false, resends: false };

/** Of a serial line. */
export function serialFrames(hasCrc: boolean): FrameProfile {
  return { hasNoise: true, hasCrc, resends: true };
}
