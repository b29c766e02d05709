import { object } from '../../../../src/cluster/fields.js';
import type { JsonObject } from '../../../../src/cluster/ports.js';
import { ApiFault, badRequest } from '../api-fault.js';
import type { ApiAnswer, ApiRequest } from '../api-request.js';
import { shownAs } from '../objects/event-view.js';
import { apiVersionOf } from '../objects/kinds.js';
import type { Snapshots } from '../objects/list-snapshots.js';
import type { ObjectStore } from '../objects/object-store.js';
import { fieldPredicate, labelPredicate, type Predicate } from '../objects/selectors.js';
import { renderTable } from '../tables/table.js';

export interface ReadContext {
  readonly store: ObjectStore;
  readonly now: () => Date;
  readonly snapshots: Snapshots;
}

export const wantsTable = ({ accept }: ApiRequest): boolean => /as=Table/.test(accept);

export function getObject(request: ApiRequest, { store, now }: ReadContext): ApiAnswer {
  const found = store.get(request.kind, request.namespace, request.name ?? '');
  if (wantsTable(request)) return { status: 200, body: tableOf(request, [found], { meta: {}, now: now() }) };
  return { status: 200, body: request.kind.viewOf ? shownAs(request.kind, found) : store.json(found) };
}

export function listObjects(request: ApiRequest, context: ReadContext): ApiAnswer {
  const { store, snapshots } = context;
  const asked = Number(request.query.get('limit') ?? 0);
  const token = request.query.get('continue');
  const start = token ? snapshots.resume(token) : undefined;
  if (token && start === undefined) throw expired(token);
  const matching = start?.items ?? store.all(request.kind).filter(predicateOf(request));
  const offset = start?.offset ?? 0;
  const limit = asked > 0 ? asked : matching.length;
  const page = matching.slice(offset, offset + limit);
  const left = matching.length - offset - page.length;
  const resourceVersion = start?.resourceVersion ?? store.resourceVersion;
  const meta = {
    resourceVersion: String(resourceVersion),
    ...(left > 0 && {
      continue: snapshots.keep({ items: matching, offset: offset + limit, resourceVersion }),
      remainingItemCount: left,
    }),
  };
  if (wantsTable(request)) return { status: 200, body: tableOf(request, page, { meta, now: context.now() }) };
  return { status: 200, body: listText(request, { meta, page, store }) };
}

function listText(
  { kind }: ApiRequest,
  { meta, page, store }: { meta: JsonObject; page: readonly JsonObject[]; store: ObjectStore },
): string {
  const head = `{"kind":"${kind.kind}List","apiVersion":"${apiVersionOf(kind)}","metadata":${JSON.stringify(meta)},"items":[`;
  const items = page.map((entry) => (kind.viewOf ? JSON.stringify(shownAs(kind, entry)) : store.json(entry)));
  return `${head}${items.join(',')}]}\n`;
}

export function tableOf(
  { kind, query }: ApiRequest,
  objects: readonly JsonObject[],
  { meta, now }: { meta: JsonObject; now: Date },
): JsonObject {
  return renderTable(kind, objects, { meta, now, include: query.get('includeObject') ?? 'Metadata' });
}

export function predicateOf(request: ApiRequest): Predicate {
  const labels = labelPredicate(request.query.get('labelSelector'));
  const fields = fieldPredicate(request.query.get('fieldSelector'), request.kind);
  const { namespace, name } = request;
  return (entry) => {
    const meta = object(entry, 'metadata');
    return (
      (namespace === undefined || meta.namespace === namespace) &&
      (name === undefined || meta.name === name) &&
      labels(entry) &&
      fields(entry)
    );
  };
}

const expired = (token: string): ApiFault =>
  /^[A-Za-z0-9_-]+$/.test(token)
    ? new ApiFault(
        410,
        'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.',
      )
    : badRequest('continue key is not valid: illegal base64 data');
