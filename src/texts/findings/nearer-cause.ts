/** Said behind a finding that may be true as well, where other ones account better for what shows on these objects. */
export const nearerCause = (objects: string, causes: readonly string[]): string =>
  `For ${objects} ${causes.length === 1 ? 'another cause is' : 'other causes are'} nearer: ${causes.join('; ')}. Mend that first; this one is possible there too.`;

/** Said behind a finding that accounts for others on the same node: two causes are at work there, each for pods of its own. */
export const otherCause = (objects: string, causes: readonly string[]): string =>
  `For ${objects} ${causes.length === 1 ? 'it is another one' : 'it is others'}: ${causes.join('; ')}.`;
