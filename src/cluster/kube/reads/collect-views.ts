import { at, isObject, number, text } from '../../fields.js';
import type { JsonObject, Resource } from '../../ports.js';
import { apiVersionOf } from '../api-paths.js';
import { describeAnswer, oddAnswer, tooLarge } from '../answers/odd-answer.js';
import type { ReadLimits } from '../answers/read-limits.js';
import { createSharer } from '../answers/share-equal-parts.js';

/** Takes in the pages of one list; throws where one cannot be a page of it, or all are more than can be. */
interface Collector<V> {
  readonly views: readonly V[];
  startPage(): void;
  /** The page under way is read from its start again. */
  restartPage(): void;
  bytes(count: number): void;
  item(item: unknown): void;
  /** Whether a token may lead on: it led nowhere before. */
  isNew(token: string): boolean;
  /** `early` = the token that stood before the items. Returns the token of the next page, if there is one. */
  endPage(page: unknown, early: string | undefined): string | undefined;
}

interface Collection<V> {
  readonly cluster: string;
  readonly resource: Resource<V>;
  readonly namespace: string | undefined;
  readonly path: string;
  readonly limits: ReadLimits;
}

export function createCollector<V>(collection: Collection<V>): Collector<V> {
  const { cluster, resource, path, limits } = collection;
  const views: V[] = [];
  const sharer = createSharer();
  const tokens = new Set<string>();
  let [before, pages, size] = [0, 0, 0];

  const within = (amount: number, limit: number, what: string): void => {
    if (amount > limit) throw tooLarge(cluster, path, `the list has more than ${limit} ${what}`);
  };
  const isNew = (token: string): boolean => token.length <= limits.tokenLength && !tokens.has(token);
  const odd = (got: string) => oddAnswer(cluster, { path, wanted: `a ${listKind(resource)}`, got });

  return {
    views,
    startPage() {
      pages += 1;
      within(pages, limits.pages, 'pages');
      before = views.length;
    },
    restartPage: () => void views.splice(before),
    bytes(count) {
      size += count;
      within(size, limits.listBytes, 'bytes');
    },
    item(item) {
      if (!isItem(item, collection)) throw odd(`one that holds ${describeAnswer(item)}`);
      views.push(sharer.share(resource.project(item)));
      within(views.length, limits.objects, 'objects');
      within(sharer.bytes(), limits.viewBytes, 'bytes to keep');
    },
    isNew,
    endPage(page, early) {
      if (!isList(page, resource)) throw odd(describeAnswer(page));
      const token = text(page, 'metadata', 'continue') || undefined;
      if (early !== undefined && early !== token) throw odd('one that names two next pages');
      if (token === undefined) {
        const missing = number(page, 'metadata', 'remainingItemCount') ?? 0;
        if (missing !== 0) throw odd(`one that lacks ${missing} objects and names no next page`);
        return undefined;
      }
      if (!isNew(token)) throw odd('one whose next page was read before, or has no usable name');
      tokens.add(token);
      return token;
    },
  };
}

const listKind = ({ kind, group, version }: Resource<unknown>): string =>
  `${apiVersionOf({ group, version })} ${kind}List`;

function isList(page: unknown, resource: Resource<unknown>): page is JsonObject {
  return (
    text(page, 'kind') === `${resource.kind}List` &&
    text(page, 'apiVersion') === apiVersionOf(resource) &&
    isObject(at(page, 'metadata')) &&
    Array.isArray(at(page, 'items'))
  );
}

/** Of this kind, where it says of which; named, and in the namespace asked for. */
function isItem(item: unknown, { resource, namespace }: Collection<unknown>): item is JsonObject {
  if (!isObject(item)) return false;
  const { kind, apiVersion, metadata } = item;
  return (
    (kind === undefined || kind === resource.kind) &&
    (apiVersion === undefined || apiVersion === apiVersionOf(resource)) &&
    isNamed(metadata, resource.namespaced ? namespace : undefined)
  );
}

/** `namespace` = the only one it may be in. */
export const isNamed = (metadata: unknown, namespace: string | undefined): boolean =>
  isObject(metadata) &&
  typeof metadata.name === 'string' &&
  metadata.name !== '' &&
  (namespace === undefined || metadata.namespace === namespace);
