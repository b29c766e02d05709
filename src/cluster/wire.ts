/**
 * What JSON from an API server may hold of a type of the client library: dates are texts, names stand without the
 * underscore that the library puts before reserved words, and any field may be missing or null. The server is not
 * trusted to keep to types either, so values pass `fields.ts` before they are used.
 */
export type Wire<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? readonly (Wire<Item> | null)[]
    : T extends object
      ? { readonly [Name in keyof T as WireName<Name>]?: Wire<T[Name]> | null | undefined }
      : T;

type WireName<Name> = Name extends `_${infer Plain}` ? Plain : Name;
