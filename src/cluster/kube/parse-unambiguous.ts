/** Some object holds a key twice: which of the values is meant, nobody can tell, and `JSON.parse` takes the last. */
export class RepeatedKey extends SyntaxError {}

/** JSON in which every key of an object stands once. Throws SyntaxError on what is no JSON, `RepeatedKey` on such JSON. */
export function parseUnambiguous(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (keysWritten(text) !== keysHeld(value)) throw new RepeatedKey('an object holds a key twice');
  return value;
}

const [BACKSLASH, COLON] = [92, 58];

/** How many keys stand in JSON text: every string that a colon follows. */
function keysWritten(text: string): number {
  let count = 0;
  for (let start = text.indexOf('"'); start >= 0; ) {
    const end = endOfString(text, start);
    let next = end + 1;
    while (isSpace(text.charCodeAt(next))) next += 1;
    if (text.charCodeAt(next) === COLON) count += 1;
    start = text.indexOf('"', next);
  }
  return count;
}

/** Where the string that begins at `start` ends. */
function endOfString(text: string, start: number): number {
  let end = start;
  let escaped: boolean;
  do {
    end = text.indexOf('"', end + 1);
    let before = end - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    escaped = (end - before) % 2 === 0;
  } while (escaped);
  return end;
}

const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9;

/** Not by recursion: what a server says may be nested deeper than the stack. */
function keysHeld(value: unknown): number {
  const left: object[] = [];
  const enter = (entry: unknown): void => {
    if (typeof entry === 'object' && entry !== null) left.push(entry);
  };
  let count = 0;
  enter(value);
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (Array.isArray(next)) {
      next.forEach(enter);
      continue;
    }
    const held = next as Readonly<Record<string, unknown>>;
    for (const key in held) {
      count += 1;
      enter(held[key]);
    }
  }
  return count;
}
