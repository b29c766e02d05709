import { isAcknetError } from '../../errors.js';
import { text } from '../fields.js';
import type { ListScope, Resource } from '../ports.js';
import { apiPath } from './api-paths.js';
import type { KubeResponse } from './connection.js';
import { createPageParser, type PageOptions } from './page-parser.js';
import { brokenOff, malformed, type ReadRequest, type RetryingReads } from './retrying-reads.js';
import { createSharer } from './share-equal-parts.js';

/** Every object of a list as its view. A continue token that outlived the server's history starts it over, once. */
export async function listPages<V>(
  reads: RetryingReads,
  resource: Resource<V>,
  { scope, pageSize }: { readonly scope: ListScope; readonly pageSize: number },
): Promise<readonly V[]> {
  const { namespace, labelSelector, fieldSelector } = scope;
  const request = (token: string | undefined): ReadRequest => ({
    path: apiPath(resource, { namespace }),
    query: { limit: String(pageSize), labelSelector, fieldSelector, continue: token },
  });
  try {
    return await listOnce(reads, resource, request);
  } catch (error) {
    if (isAcknetError(error, 'cluster.gone')) return listOnce(reads, resource, request);
    throw error;
  }
}

interface OpenPage {
  readonly request: ReadRequest;
  readonly response: Promise<KubeResponse>;
}

async function listOnce<V>(
  reads: RetryingReads,
  resource: Resource<V>,
  request: (token: string | undefined) => ReadRequest,
): Promise<readonly V[]> {
  const views: V[] = [];
  const share = createSharer();
  const openPage = (token: string | undefined): OpenPage => {
    const response = reads.open(request(token));
    response.catch(() => undefined);
    return { request: request(token), response };
  };

  let page: OpenPage | undefined = openPage(undefined);
  while (page !== undefined) {
    const before = views.length;
    let next: OpenPage | undefined;
    const late: string | undefined = await readPage(reads, page, {
      // Where the token stands before the items, the next page is made ready while this one is read.
      token: (early) => {
        next ??= openPage(early);
      },
      begin: () => void views.splice(before),
      item: (item) => void views.push(share(resource.project(item))),
      rewrite: resource.rewrite,
    });
    page = next ?? (late ? openPage(late) : undefined);
  }
  return views;
}

type PageReading = Omit<PageOptions, 'whole'> & {
  /** Called before the items are handed over, each time that happens. */
  begin(): void;
};

/** Returns the continue token where it stands after the items. */
function readPage(reads: RetryingReads, page: OpenPage, reading: PageReading): Promise<string | undefined> {
  const attempt = async (whole: boolean, response: KubeResponse): Promise<string | undefined> => {
    reading.begin();
    const rest = await parseBody(response, { reads, page, options: { ...reading, whole } });
    return text(rest, 'metadata', 'continue') || undefined;
  };
  return reads.retry(async (count) => {
    const response = count === 1 ? await page.response : await reads.open(page.request);
    try {
      return await attempt(false, response);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
    try {
      return await attempt(true, await reads.open(page.request));
    } catch (error) {
      throw error instanceof SyntaxError ? malformed(reads.cluster, error) : error;
    }
  });
}

async function parseBody(
  { body }: KubeResponse,
  { reads, page, options }: { reads: RetryingReads; page: OpenPage; options: PageOptions },
): Promise<unknown> {
  const parser = createPageParser(options);
  await new Promise<void>((resolve, reject) => {
    body.on('data', (chunk: Buffer) => {
      try {
        parser.push(chunk);
      } catch (error) {
        body.destroy();
        reject(error as Error);
      }
    });
    body.once('end', resolve);
    body.once('error', (cause) => reject(brokenOff(reads.cluster, page.request, cause)));
  });
  const rest = parser.end();
  if (rest === undefined) throw malformed(reads.cluster);
  return rest;
}
