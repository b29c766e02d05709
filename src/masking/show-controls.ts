const HIDDEN = /(?![\n\t])\p{Cc}|\p{Bidi_Control}|[\u2028\u2029\ufeff]/gu;

/** Characters that steer a terminal, turn the direction of writing or hide, shown by name. */
export const showControls = (text: string): string => text.replaceAll('\r\n', '\n').replace(HIDDEN, named);

function named(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? '\u2421' : `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
}
