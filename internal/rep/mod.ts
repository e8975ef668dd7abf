// REP v0.1, the Runtime Execution Protocol (flows §12, §13): its messages, the bounded codec of its frames, the session of a host, runs
// on an executor, and the ways to one: a process's stdin and stdout, TCP, a serial line.

export { exitText } from "./closed_fault.ts";
export { crcText } from "./crc16.ts";
export { type ExecutorName, executorCommand } from "./executor_command.ts";
export { ExecutorProcess } from "./executor_process.ts";
export { blameOf, faultName, RepFault } from "./fault.ts";
export { decodeLine, encodeFrame } from "./frame_codec.ts";
export { PLAIN_FRAMES } from "./frame_profile.ts";
export { FrameSchema } from "./frame_schema.ts";
export { type Handshake, isHealthy, shakeHands } from "./handshake.ts";
export { LineSplitter, type LineTaker } from "./line_splitter.ts";
export * from "./messages.ts";
export { openTransport } from "./open_transport.ts";
export { ProcessTransport } from "./process_transport.ts";
export { issueText } from "./read_message.ts";
export { type RemoteOutcome, RemoteRun } from "./remote_run.ts";
export type { Reply } from "./reply.ts";
export { RPC } from "./rpc_errors.ts";
export { RunCancelled, RunStop } from "./run_stop.ts";
export { RepSession } from "./session.ts";
export { type StderrLine, StderrTail } from "./stderr_tail.ts";
export type { Closed, ProcessExit, Transport, TransportEnd, TransportListener } from "./transport.ts";
export { AddressError, parseTransport, type TransportAddress } from "./transport_address.ts";
