/** Why a module cannot be used: E_WORKER_IO for an import that is not allowed, any other code for the rest. */
export interface HandlerFault {
  readonly code: string;
  readonly message: string;
}

/** Looks into TypeScript and JavaScript modules without running them; TsWorkers is one. */
export interface HandlerModules {
  /** The names of the exports of the module at an absolute path, or why it cannot be used. */
  exports(path: string): readonly string[] | HandlerFault;
}

export function isHandlerFault(exports: readonly string[] | HandlerFault): exports is HandlerFault {
  return !Array.isArray(exports);
}
