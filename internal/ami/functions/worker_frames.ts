import type { Frame } from "./worker_code.ts";
import type { Value } from "./worker_value.ts";

/** Makes frames of so many slots, with the first one filled and nil in the others. */
export function newFrame(slots: number): (first: Value) => Frame {
  switch (slots) {
    case 0:
      return () => [];
    case 1:
      return (first) => [first];
    case 2:
      return (first) => [first, null];
    case 3:
      return (first) => [first, null, null];
    case 4:
      return (first) => [first, null, null, null];
    default:
      return (first) => longFrame(first, slots);
  }
}

function longFrame(first: Value, slots: number): Frame {
  const frame = [first, null, null, null, null];
  while (frame.length < slots) frame.push(null);
  return frame;
}
