/** An object off the wire: nothing in it is known until it is read with one of the functions below. */
export type Json = Readonly<Record<string, unknown>>;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const str = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const objects = (value: unknown): readonly Json[] => items(value).filter(isJson);

/** The `text` of a text object, or the string itself. */
export const textOf = (value: unknown): string => str(isJson(value) ? value.text : value) ?? '';

/** Without the keys whose value is undefined, as they go over the wire. */
export const defined = (value: Json): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined));
