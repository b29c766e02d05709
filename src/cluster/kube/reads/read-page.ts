import type { KubeResponse } from '../connecting/connection.js';
import { describeBroken, oddAnswer, tooLarge } from '../answers/odd-answer.js';
import { createPageParser, type PageOptions } from '../answers/page-parser.js';
import { brokenOff, type ReadRequest, type RetryingReads } from './retrying-reads.js';

interface PageReading extends Pick<PageOptions, 'item' | 'rewrite' | 'token'> {
  /** Called before the items are handed over, each time that happens. */
  begin(): void;
  bytes(count: number): void;
  /** What the page holds beside its items, and the token that stood before them. Returns that of the next page. */
  end(page: unknown, early: string | undefined): string | undefined;
}

interface Page {
  readonly request: ReadRequest;
  readonly response: Promise<KubeResponse>;
}

/** Returns the token of the next page. `page` is opened already, and opened again where a try did not do. */
export function readPage(
  reads: RetryingReads,
  page: Page,
  reading: PageReading,
): Promise<string | undefined> {
  return reads.retry(async (count) => {
    const response = count === 1 ? await page.response : await reads.open(page.request);
    try {
      return await readOnce(reads, page.request, { response, reading, whole: false });
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
    const again = await reads.open(page.request);
    return readOnce(reads, page.request, { response: again, reading, whole: true });
  });
}

interface Try {
  readonly response: KubeResponse;
  readonly reading: PageReading;
  readonly whole: boolean;
}

async function readOnce(
  reads: RetryingReads,
  request: ReadRequest,
  { response, reading, whole }: Try,
): Promise<string | undefined> {
  let early: string | undefined;
  let start: Buffer | undefined;
  reading.begin();
  const parser = createPageParser({
    item: reading.item,
    token: (token) => {
      early = token;
      reading.token(token);
    },
    rewrite: reading.rewrite,
    whole,
    limits: reads.limits,
    tooLarge: (what) => tooLarge(reads.cluster, request.path, what),
  });
  try {
    await feed(response, (chunk) => {
      start ??= Buffer.from(chunk.subarray(0, START_BYTES));
      reading.bytes(chunk.length);
      parser.push(chunk);
    });
    return reading.end(parser.end(), early);
  } catch (error) {
    if (error instanceof Unread) throw brokenOff(reads.cluster, request, error.cause);
    if (!whole || !(error instanceof SyntaxError)) throw error;
    const got = describeBroken(error, start?.toString() ?? '', 'broken JSON:');
    throw oddAnswer(reads.cluster, { path: request.path, wanted: 'JSON', got, cause: error });
  }
}

const START_BYTES = 400;

class Unread extends Error {}

/** Ends when the body does, or with what `push` throws. */
function feed({ body }: KubeResponse, push: (chunk: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    body.on('data', (chunk: Buffer) => {
      try {
        push(chunk);
      } catch (error) {
        body.destroy();
        reject(error as Error);
      }
    });
    body.once('end', resolve);
    body.once('error', (cause) => reject(new Unread('', { cause })));
  });
}
