declare const masked: unique symbol;

/**
 * A text that went through `mask`, or a value whose texts all did. The function that writes at each exit takes nothing
 * else, and nothing but this folder makes one.
 */
export type Masked<T = string> = T & { readonly [masked]: true };

/** Stands where a secret stood. */
export const MASK = '<redacted>';
