const LONGEST = 300;

/** What klog, logfmt and JSON put in quotes as the message itself. */
const QUOTED = /(^|\] |\bmsg=|"msg":)"((?:[^"\\]|\\.){1,300})"/;

/** A message is of several words, a name is one. */
const unquoted = (text: string): string =>
  text.replace(QUOTED, (all, before: string, message: string) =>
    message.includes(' ') ? `${before} ${message} ` : all,
  );

/** The words of a sign without names, numbers and ids, which differ from object to object where the cause is one. */
export const withoutNames = (words: string): string =>
  unquoted(words.slice(0, LONGEST))
    .split(' ')
    .map((word) => (/[\d"]/.test(word) ? '*' : word))
    .join(' ');
