/** An executor breaks a rule. The message says what was found. */
export class Broken extends Error {
  override readonly name = "Broken";
}

/** A rule is about something that this executor does not offer. The message says what. */
export class NotApplicable extends Error {
  override readonly name = "NotApplicable";
}

/** @throws Broken */
export function demand(holds: boolean, found: string): asserts holds {
  if (!holds) throw new Broken(found);
}
