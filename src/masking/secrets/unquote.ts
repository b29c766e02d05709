/** A text made of another one, and where each of its characters (and its end) stood there. */
export interface Derived {
  readonly text: string;
  readonly at: (index: number) => number;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** One level of quoting taken off: what a JSON text says that stands within a string. */
export function unquote(text: string): Derived {
  const parts: string[] = [];
  const origins: number[] = [];
  for (let index = 0; index < text.length; ) {
    const length = text[index] === '\\' ? escapeLength(text, index) : 1;
    origins.push(index);
    parts.push(length === 1 ? (text[index] ?? '') : characterOf(text.slice(index + 1, index + length)));
    index += length;
  }
  origins.push(text.length);
  return { text: parts.join(''), at: (index) => origins[index] ?? text.length };
}

const escapeLength = (text: string, at: number): number => {
  if (text[at + 1] === 'u' && /^[\da-f]{4}$/i.test(text.slice(at + 2, at + 6))) return 6;
  return at + 1 < text.length ? 2 : 1;
};

const characterOf = (code: string): string =>
  code.length > 1 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : (ESCAPES[code] ?? code);

/** One level of percent-encoding taken off, of what is ASCII. */
export function unpercent(text: string): Derived {
  const parts: string[] = [];
  const origins: number[] = [];
  for (let index = 0; index < text.length; ) {
    const code =
      text[index] === '%' ? /^%([0-7][\da-f])/i.exec(text.slice(index, index + 3))?.[1] : undefined;
    origins.push(index);
    parts.push(code === undefined ? (text[index] ?? '') : String.fromCharCode(Number.parseInt(code, 16)));
    index += code === undefined ? 1 : 3;
  }
  origins.push(text.length);
  return { text: parts.join(''), at: (index) => origins[index] ?? text.length };
}

/** A block without the indentation of its lines, as YAML reads it. */
export function dedent(text: string): Derived {
  const lines = text.split('\n');
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  const cut = Number.isFinite(indent) ? indent : 0;
  const origins: number[] = [];
  let start = 0;
  for (const line of lines) {
    for (let index = Math.min(cut, line.length); index <= line.length; index += 1)
      origins.push(start + index);
    start += line.length + 1;
  }
  return {
    text: lines.map((line) => line.slice(cut)).join('\n'),
    at: (index) => origins[index] ?? text.length,
  };
}
