declare const masked: unique symbol;

/** A text that went through `mask`: what leaves acknet is of this type, and nothing but this folder makes one. */
export type Masked = string & { readonly [masked]: true };

/** Stands where a secret stood. */
export const MASK = '<redacted>';
