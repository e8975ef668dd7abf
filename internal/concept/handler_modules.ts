/** Why a module cannot be used: E_SPEC_HANDLER_IO for an import that is not allowed, E_SPEC_HANDLER for the rest. */
export interface HandlerFault {
  readonly code: "E_SPEC_HANDLER" | "E_SPEC_HANDLER_IO";
  readonly message: string;
}

/** Looks into TypeScript and JavaScript modules. */
export interface HandlerModules {
  /**
   * The names of the exports of the module at an absolute path, or why it cannot be used.
   *
   * @param called the actions of its concept, whose bodies the exports of these names are
   */
  exports(path: string, called: readonly string[]): readonly string[] | HandlerFault;
}

export function isHandlerFault(exports: readonly string[] | HandlerFault): exports is HandlerFault {
  return !Array.isArray(exports);
}
