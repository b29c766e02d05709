/** One word of a text; `joined` is the compound it was cut from, on its first part only. */
export interface Word {
  readonly text: string;
  readonly joined?: string | undefined;
  /** It is, or was cut from, a key, a path or a name in code. */
  readonly code?: boolean | undefined;
}

/** What people do not write into words of their own; a hyphen they do. */
const CODE = /[._/]|[a-z0-9][A-Z][a-z]/;

const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:[0-9a-f]{2}:){2,5}(?:[0-9a-f]{2}|xx)(?::xx)*\b/gi, ' macaddr '],
  [/\b(vsw|vpc|eni|vtb|sg|lb|eip|ngw|cn|i)-[a-z0-9*]*\d[a-z0-9*-]*/gi, ' $1 '],
  [/\b\d{1,3}(?:\.(?:\d{1,3}|x{1,3})){3}\/\d{1,2}\b/gi, ' cidrblock '],
  [/\b\d{1,3}(?:\.(?:\d{1,3}|x{1,3})){2,3}\b(?![\w-]|\.\d)/gi, ' ipaddr '],
  [
    /\b[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,7}::[0-9a-f:]*|\b(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}\b/gi,
    ' ipvsixaddr ',
  ],
  [/\b[0-9a-f]{10,}\b/gi, ' '],
];

/** Words of Latin script with what joins them; of scripts without spaces two letters at a time. */
const WORD =
  /[a-z0-9]+(?:[._/-]+[a-z0-9]+)*|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{1,2}|[\p{Script=Cyrillic}\p{Script=Hangul}\p{Script=Arabic}\p{Script=Greek}\p{Script=Hebrew}]+/giu;
const MOST = 260;

/** Names that stay whole however they are written: `DigitalOcean`, `CrashLoopBackOff`. */
type Wholes = ReadonlySet<string>;

const NONE: Wholes = new Set();

/** Lower-case words in order; `kube-proxy-worker` and `maxPerCore` give their parts, and the whole beside the first. */
export function splitWords(text: string, wholes = NONE): readonly Word[] {
  const shaped = /\d/.test(text)
    ? SHAPES.reduce((result, [pattern, to]) => result.replace(pattern, to), text)
    : text;
  const words: Word[] = [];
  for (const [compound] of shaped.matchAll(WORD)) {
    words.push(...partsOf(compound, wholes));
    if (words.length >= MOST) break;
  }
  return words.slice(0, MOST);
}

export type Split = (text: string) => readonly Word[];

/** Splits each of the first few thousand texts once: an index reads its phrasings several times. */
export function rememberSplits(wholes: Wholes): Split {
  const known = new Map<string, readonly Word[]>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const words = splitWords(text, wholes);
    if (known.size < REMEMBERED && text.length < 400) known.set(text, words);
    return words;
  };
}

const REMEMBERED = 8000;

function partsOf(compound: string, wholes: Wholes): readonly Word[] {
  if (/^[a-z]+$/.test(compound)) return [{ text: compound }];
  const whole = compound.toLowerCase();
  if (wholes.has(whole) || wholes.has(whole.replace(/s$/, ''))) return [{ text: whole }];
  const parts = compound
    .replace(/([a-z0-9])(?=[A-Z][a-zA-Z])/g, '$1 ')
    .split(/[\s._/-]+/)
    .map((part) => part.toLowerCase())
    .filter(Boolean);
  if (/^v?\d+(\.\d+)+$/.test(whole)) return [{ text: whole.replace(/^v/, '') }];
  const isCode = CODE.test(compound);
  return parts.map((text, at) => ({
    text,
    joined: at === 0 && parts.length > 1 ? whole : undefined,
    code: isCode || undefined,
  }));
}
