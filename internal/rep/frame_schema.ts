import * as v from "valibot";
import {
  CancelResultSchema,
  CapabilitiesSchema,
  EventSchema,
  HealthResultSchema,
  METHODS,
  PeerErrorSchema,
  PollParamsSchema,
  PollResultSchema,
  StartRunParamsSchema,
  StartRunResultSchema,
} from "./messages.ts";

// What `plumb schema rep` shows: every frame of REP v0.1, one JSON object a line. Replies do not say to what they are one, so
// that each result is a definition of its own.

const HostId = v.pipe(v.number(), v.integer(), v.minValue(1));
const Id = v.union([v.string(), v.pipe(v.number(), v.integer())]);

function request<const M extends string, const P extends v.GenericSchema>(method: M, params: P) {
  return v.looseObject({ jsonrpc: v.literal("2.0"), id: HostId, method: v.literal(method), params });
}

/** A request of the host. */
const RequestSchema = v.variant("method", [
  request(METHODS.capabilities, v.looseObject({})),
  request(METHODS.startRun, StartRunParamsSchema),
  request(METHODS.poll, PollParamsSchema),
  request(METHODS.cancel, v.looseObject({ run_id: v.string() })),
  request(METHODS.health, v.looseObject({})),
]);

/** What an executor reports of a run, with the events that flows §10 has for every Poll. */
const ReportedPollSchema = v.looseObject({
  ...PollResultSchema.entries,
  events: v.exactOptional(v.array(EventSchema)),
  summary: v.exactOptional(v.looseObject({})),
});

/** The reply of an executor, with the id of its request. */
const ReplySchema = v.union([
  v.looseObject({
    jsonrpc: v.literal("2.0"),
    id: Id,
    result: v.union([
      CapabilitiesSchema,
      StartRunResultSchema,
      ReportedPollSchema,
      CancelResultSchema,
      HealthResultSchema,
    ]),
  }),
  /** The id is null where the request could not be read. */
  v.looseObject({ jsonrpc: v.literal("2.0"), id: v.nullable(Id), error: PeerErrorSchema }),
]);

/** What an executor may say without being asked; the host ignores it. */
const NotificationSchema = v.looseObject({
  jsonrpc: v.literal("2.0"),
  method: v.string(),
  params: v.exactOptional(v.unknown()),
});

/** Any frame, of either side. */
export const FrameSchema = v.union([RequestSchema, ReplySchema, NotificationSchema]);
