import type { WorkerFault } from "../ami/mod.ts";

/**
 * The files that the io steps of a run reach. Paths are as written in the step; who makes it knows the folder of the .ami
 * file, and denies what lies outside fixtures or that folder with `E_SANDBOX_DENIED` (pipelines §12, ami-tests §6).
 */
export interface IoFiles {
  /** The whole text of a file that io.Read reads; asked once, before the first event. */
  read(path: string): string | WorkerFault;
  /** Whether io.Write may append to a file; asked once, before the first event. */
  prepare(path: string): WorkerFault | undefined;
  /** Appends a line, given without its end. */
  append(path: string, line: string): WorkerFault | undefined;
}
