/** Where the worker's entry point is, in source and in the compiled executable. */
export function workerUrl(): URL {
  return new URL("./worker.ts", import.meta.url);
}
