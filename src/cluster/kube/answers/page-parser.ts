import { isAscii } from 'node:buffer';
import { list } from '../../fields.js';
import { parseUnambiguous } from './parse-unambiguous.js';
import type { ReadLimits } from './read-limits.js';
import { withoutFieldSets } from './without-field-sets.js';

/** The first item begins this early in a page, if the page can be cut at all. */
const HEAD_BYTES = 4096;

/** Most answers are plain ASCII, which is copied several times faster than UTF-8 is decoded. */
export const decode = (bytes: Buffer): string => bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');

export interface PageOptions {
  /** The continue token, where it stands before the items: as the API server writes its own kinds. */
  token(token: string): void;
  /** Whatever stands in the list, as it stands there. */
  item(item: unknown): void;
  /** See `Resource.rewrite`. */
  readonly rewrite?: ((text: string) => string) | undefined;
  /** Parse the page in one piece. */
  readonly whole: boolean;
  readonly limits: Pick<ReadLimits, 'objectBytes' | 'pageBytes'>;
  /** Makes the fault of a page or an object beyond its limit. */
  tooLarge(what: string): Error;
}

interface PageParser {
  /** Hands over the items that are complete. Throws SyntaxError where a cut fell inside an item, or on what is no JSON, or ambiguous. */
  push(chunk: Buffer): void;
  /** The page without the items handed over before its last part; whatever JSON it is. */
  end(): unknown;
}

/**
 * One page of a list, read while it arrives: what a chunk holds is parsed, used and forgotten before the next one comes,
 * so that memory does not grow with pages. A cut between two chunks can fall inside `between`: the item is read then
 * with the chunk after.
 */
export function createPageParser(options: PageOptions): PageParser {
  let head: Head | undefined;
  let looking = true;
  // What was not handed over yet.
  let held: Buffer[] = [];
  let heldBytes = 0;

  const hold = (rest: Buffer): void => {
    held = [rest];
    heldBytes = rest.length;
  };
  const add = (chunk: Buffer): void => {
    held.push(chunk);
    heldBytes += chunk.length;
    const { objectBytes, pageBytes } = options.limits;
    if (heldBytes > (head ? objectBytes : pageBytes))
      throw options.tooLarge(
        head ? `an object has more than ${objectBytes} bytes` : `a page has more than ${pageBytes} bytes`,
      );
  };
  const look = (): void => {
    const start = Buffer.concat(held);
    if (start.length < HEAD_BYTES) return;
    looking = false;
    const text = start.toString('latin1', 0, HEAD_BYTES);
    const early = /^[^[]{0,600}?"continue":"([^"\\]+)"/.exec(text)?.[1];
    if (early !== undefined) options.token(early);
    head = options.whole ? undefined : headOf(text);
    hold(head ? start.subarray(head.text.length) : start);
  };
  const handOver = (bytes: Buffer): void => {
    const items = parseUnambiguous(`[${textOf(bytes, options)}]`) as readonly unknown[];
    for (const item of items) options.item(item);
  };
  /** Only the item that began in the chunk before is copied together; the others are read where they lie. */
  const cut = (chunk: Buffer, { between }: Head): void => {
    const first = chunk.indexOf(between) + 1;
    const last = chunk.lastIndexOf(between) + 1;
    if (first === 0) return void add(chunk);
    handOver(Buffer.concat([...held, chunk.subarray(0, first)]));
    if (last > first) handOver(chunk.subarray(first + 1, last));
    hold(Buffer.from(chunk.subarray(last + 1)));
  };

  return {
    push(chunk) {
      if (head) return cut(chunk, head);
      add(chunk);
      if (looking) look();
    },
    end() {
      const page = parseUnambiguous((head?.text ?? '') + textOf(Buffer.concat(held), options));
      for (const item of list(page, 'items')) options.item(item);
      return page;
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
