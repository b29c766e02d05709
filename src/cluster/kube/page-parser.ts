import { isAscii } from 'node:buffer';
import { isObject, list } from '../fields.js';
import type { JsonObject } from '../ports.js';
import { withoutFieldSets } from './without-field-sets.js';

/**
 * So much of a page is parsed at a time: what is parsed dies young then, and garbage never piles up to whole pages. V8
 * keeps texts beyond 128 KiB elsewhere, at a price.
 */
const PART_BYTES = 64 * 1024;
/** The first item begins this early in a page, if the page can be cut at all. */
const HEAD_BYTES = 4096;

/** Most answers are plain ASCII, which is copied several times faster than UTF-8 is decoded. */
export const decode = (bytes: Buffer): string => bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');

export interface PageOptions {
  /** The continue token, where it stands before the items: as the API server writes its own kinds. */
  token(token: string): void;
  item(item: JsonObject): void;
  /** See `Resource.rewrite`. */
  readonly rewrite?: ((text: string) => string) | undefined;
  /** Parse the page in one piece. */
  readonly whole: boolean;
}

export interface PageParser {
  /** Hands over the items that are complete. Throws SyntaxError where a cut fell inside an item, or on what is no JSON. */
  push(chunk: Buffer): void;
  /** The page without the items handed over before its last part. */
  end(): JsonObject | undefined;
}

/** One page of a list, read while it arrives. */
export function createPageParser(options: PageOptions): PageParser {
  let head: Head | undefined;
  let looking = true;
  let rest: Buffer = Buffer.alloc(0);

  const look = (): void => {
    if (rest.length < HEAD_BYTES) return;
    looking = false;
    const start = rest.toString('latin1', 0, HEAD_BYTES);
    const early = /^[^[]{0,600}?"continue":"([^"]+)"/.exec(start)?.[1];
    if (early !== undefined) options.token(early);
    head = options.whole ? undefined : headOf(start);
    if (head) rest = rest.subarray(head.text.length);
  };
  const cut = ({ between }: Head): void => {
    const comma = rest.lastIndexOf(between) + 1;
    if (comma === 0) return;
    const text = `[${textOf(rest.subarray(0, comma), options)}]`;
    for (const item of JSON.parse(text) as readonly unknown[]) if (isObject(item)) options.item(item);
    rest = rest.subarray(comma + 1);
  };

  return {
    push(chunk) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      if (looking) look();
      if (head && rest.length >= PART_BYTES) cut(head);
    },
    end() {
      const page: unknown = JSON.parse((head?.text ?? '') + textOf(rest, options));
      for (const item of list(page, 'items')) if (isObject(item)) options.item(item);
      return isObject(page) ? page : undefined;
    },
  };
}

interface Head {
  /** Up to the first item. */
  readonly text: string;
  /** What stands between two items, from the brace that closes the first. */
  readonly between: string;
}

/** Every item begins as the first one does, up to its metadata; undefined = the page is not like that. */
function headOf(start: string): Head | undefined {
  const match = /"items":\[(\{(?:"(?:apiVersion|kind)":"[^"]*",){0,2}"metadata":\{)/.exec(start);
  if (match?.[1] === undefined) return undefined;
  const first = match.index + match[0].length - match[1].length;
  return { text: start.slice(0, first), between: `},${match[1]}` };
}

function textOf(bytes: Buffer, { rewrite, whole }: PageOptions): string {
  const text = decode(bytes);
  if (whole) return text;
  const lean = withoutFieldSets(text);
  return rewrite === undefined ? lean : rewrite(lean);
}
