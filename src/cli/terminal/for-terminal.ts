import { mask } from '../../masking/mask.js';
import type { Masked } from '../../masking/masked.js';

/** Text as it may be printed: masked, and without what steers a terminal; line ends and tabs stay. */
export const forTerminal = (text: string): Masked =>
  mask(text.replaceAll(/(?![\n\t])\p{Cc}|\p{Bidi_Control}/gu, ' '));
