// The trace: the ordered, content-addressed events that a run leaves (DESIGN, the trace is the contract). Their types and
// schemas, how people and tools see them, who caused whom, golden files, and the comparison with what it leaves out.
export { eventJson, eventText } from "./event_text.ts";
export { comparable, EXCLUSIONS } from "./exclusions.ts";
export { type FirstDifference, firstDifference } from "./first_difference.ts";
export {
  type FlowError,
  type FlowStatus,
  type FlowTrace,
  type Trace,
  TraceSchema,
} from "./flow_trace.ts";
export { type GoldenHeader, GoldenHeaderSchema, goldenText } from "./golden.ts";
export { Provenance } from "./provenance.ts";
export { renderDifference, renderGoldenDifference } from "./render_difference.ts";
export { flowJson, flowText, TRACE_JSON } from "./render_trace.ts";
export { RUN_COMPARED, RUN_EXCLUSIONS, type RunExclusion } from "./run_exclusions.ts";
export {
  type Cause,
  type Completion,
  CompletionSchema,
  type Invocation,
  type TraceEvent,
  TraceEventSchema,
} from "./trace_event.ts";
export { traceMermaid } from "./trace_mermaid.ts";
