import { isAcknetError } from '../../../errors.js';
import type { ListScope, Resource } from '../../ports.js';
import { apiPath } from '../api-paths.js';
import { createCollector } from './collect-views.js';
import type { KubeResponse } from '../connecting/connection.js';
import { discard } from '../answers/read-body.js';
import { readPage } from './read-page.js';
import type { ReadRequest, RetryingReads } from './retrying-reads.js';

interface Listing<V> {
  readonly reads: RetryingReads;
  readonly resource: Resource<V>;
  readonly namespace: string | undefined;
  request(token: string | undefined): ReadRequest;
}

/** Every object of a list as its view. A continue token that outlived the server's history starts it over, once. */
export async function listPages<V>(
  reads: RetryingReads,
  resource: Resource<V>,
  { scope, pageSize }: { readonly scope: ListScope; readonly pageSize: number },
): Promise<readonly V[]> {
  const { namespace, labelSelector, fieldSelector } = scope;
  const listing: Listing<V> = {
    reads,
    resource,
    namespace,
    request: (token) => ({
      path: apiPath(resource, { namespace }),
      query: { limit: String(pageSize), labelSelector, fieldSelector, continue: token },
    }),
  };
  try {
    return await listOnce(listing);
  } catch (error) {
    if (isAcknetError(error, 'cluster.gone')) return listOnce(listing);
    throw error;
  }
}

interface OpenPage {
  readonly request: ReadRequest;
  readonly response: Promise<KubeResponse>;
}

async function listOnce<V>({ reads, resource, namespace, request }: Listing<V>): Promise<readonly V[]> {
  const { cluster, limits } = reads;
  const { path } = request(undefined);
  const collector = createCollector({ cluster, resource, namespace, path, limits });
  const openPage = (token: string | undefined): OpenPage => {
    const response = reads.open(request(token));
    response.catch(() => undefined);
    return { request: request(token), response };
  };
  let next: OpenPage | undefined;
  const dropNext = (): void => {
    if (next) discard(next.response);
    next = undefined;
  };

  let page: OpenPage | undefined = openPage(undefined);
  try {
    while (page !== undefined) {
      collector.startPage();
      const token: string | undefined = await readPage(reads, page, {
        // What was made ready follows from the first try's moment: another try has another.
        begin: () => {
          dropNext();
          collector.restartPage();
        },
        bytes: collector.bytes,
        // Where the token stands before the items, the next page is made ready while this one is read.
        token: (early) => {
          if (collector.isNew(early)) next ??= openPage(early);
        },
        item: collector.item,
        rewrite: resource.rewrite,
        end: collector.endPage,
      });
      page = token === undefined ? undefined : (next ?? openPage(token));
      next = undefined;
    }
    return collector.views;
  } finally {
    dropNext();
    if (page) discard(page.response);
  }
}
