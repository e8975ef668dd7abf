import * as v from "valibot";
import { FlowIrSchema, type ValueObject } from "../flow/mod.ts";

// The messages of REP v0.1 (flows §12). Unknown members are ignored everywhere. A message of a schema's reason says what was
// expected.

const A_TEXT = "a text";
const Text = v.string(A_TEXT);
const A_COUNT = "an integer of at least 0";
const Count = v.pipe(v.number(A_COUNT), v.integer(A_COUNT), v.minValue(0, A_COUNT));

/** A JSON object as internal/value read it: it may hold bigints, and stays the object that it is. */
export const ObjectSchema = v.custom<ValueObject>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "an object",
);

/** Any JSON value. */
const AnySchema = v.unknown();

/** The longest frame, either way, unless an executor has a limit below it (flows §12). */
export const MAX_FRAME_BYTES = 16 << 20;

export const METHODS = {
  capabilities: "Runtime.Capabilities",
  startRun: "Runtime.StartRun",
  poll: "Runtime.Poll",
  cancel: "Runtime.Cancel",
  health: "Runtime.Health",
} as const;
export type Method = (typeof METHODS)[keyof typeof METHODS];

const AT_LEAST_1 = "an integer of at least 1";
const AT_LEAST_1024 = "an integer of at least 1024";

const LimitsSchema = v.looseObject({
  concurrency: v.pipe(v.number(AT_LEAST_1), v.integer(AT_LEAST_1), v.minValue(1, AT_LEAST_1)),
  max_frame_bytes: v.exactOptional(
    v.pipe(v.number(AT_LEAST_1024), v.integer(AT_LEAST_1024), v.minValue(1024, AT_LEAST_1024)),
  ),
});

/** Changes whenever the executor has lost what it knew. */
export const BootIdSchema = v.custom<string | number | bigint>(
  (value) => typeof value === "string" || typeof value === "bigint" || Number.isInteger(value),
  "a text or an integer",
);
export type BootId = v.InferOutput<typeof BootIdSchema>;

/** The result of Runtime.Capabilities. */
export const CapabilitiesSchema = v.looseObject({
  /** Of the executor. */
  version: Text,
  step_kinds: v.array(Text, "a list of texts"),
  limits: LimitsSchema,
  name: v.exactOptional(Text),
  language: v.exactOptional(Text),
  /** `0.x`; checked by itself, because another protocol is another error. */
  protocol: v.exactOptional(Text),
  features: v.exactOptional(v.array(Text, "a list of texts")),
  boot_id: v.exactOptional(BootIdSchema),
  bootId: v.exactOptional(BootIdSchema),
});
export type Capabilities = v.InferOutput<typeof CapabilitiesSchema>;

/** The params of Runtime.StartRun. */
export const StartRunParamsSchema = v.looseObject({
  ir: FlowIrSchema,
  inputs: ObjectSchema,
  options: v.looseObject({
    run_id: v.nullish(Text),
    trace_id: v.exactOptional(Text),
    allow_shell: v.exactOptional(v.boolean("true or false")),
    run_timeout_ms: v.exactOptional(Count),
  }),
});

export const StartRunResultSchema = v.looseObject({ run_id: Text });

/** The params of Runtime.Poll, and, but for `after`, of Runtime.Cancel. */
export const PollParamsSchema = v.looseObject({
  run_id: Text,
  /** With feature poll_after: how many events were received so far. */
  after: v.exactOptional(Count),
});

export const STATUSES = ["pending", "running", "completed", "failed", "cancelled"] as const;
export type RunStatus = (typeof STATUSES)[number];

/** What an executor says of what went wrong. */
export const PeerErrorSchema = v.looseObject({
  code: v.pipe(v.number("an integer"), v.integer("an integer")),
  message: Text,
  data: v.exactOptional(AnySchema),
});
export type PeerError = v.InferOutput<typeof PeerErrorSchema>;

/** An event as an executor reports it; what its type says of further members is flows §10. */
export const EventSchema = v.looseObject({ type: Text, timestamp: Text });

/** The result of Runtime.Poll. */
export const PollResultSchema = v.looseObject({
  status: v.picklist(STATUSES, STATUSES.join(", ")),
  events: v.nullish(v.array(ObjectSchema, "a list of objects")),
  /** Of a run that has ended; each executor counts what it likes. */
  summary: v.exactOptional(AnySchema),
  outputs: v.exactOptional(ObjectSchema),
  error: v.nullish(PeerErrorSchema),
  /** How long the host should wait for its next Poll. */
  poll_after_ms: v.nullish(v.pipe(v.number("a number of at least 0"), v.minValue(0, "a number of at least 0"))),
  boot_id: v.exactOptional(BootIdSchema),
  bootId: v.exactOptional(BootIdSchema),
});
export type PollResult = v.InferOutput<typeof PollResultSchema>;

export const CancelResultSchema = v.looseObject({ ok: v.boolean("true or false") });

export const HealthResultSchema = v.looseObject({
  ok: v.boolean("true or false"),
  details: v.exactOptional(AnySchema),
});

/** The boot id of Capabilities or a Poll, under either name. */
export function bootIdOf({ boot_id, bootId }: Pick<Capabilities, "boot_id" | "bootId">): BootId | undefined {
  return boot_id ?? bootId;
}
