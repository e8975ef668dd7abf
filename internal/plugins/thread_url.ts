/** Where the thread's entry point is, in source and in the compiled executable. */
export function threadUrl(): URL {
  return new URL("./plugin_thread.ts", import.meta.url);
}
