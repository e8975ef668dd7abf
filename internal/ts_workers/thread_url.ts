/** Where the thread's entry point is, in source and in the compiled executable. */
export function threadUrl(): URL {
  return new URL("./ts_worker_thread.ts", import.meta.url);
}
