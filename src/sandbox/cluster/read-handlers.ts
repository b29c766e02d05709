import type { JsonObject } from '../../cluster/ports.js';
import { ApiFault, badRequest } from './api-fault.js';
import type { ApiAnswer, ApiRequest } from './api-request.js';
import { apiVersionOf } from './kinds.js';
import type { ObjectStore, StoreEvent } from './object-store.js';
import { fieldPredicate, labelPredicate, type Predicate } from './selectors.js';
import { renderTable } from './table.js';

export interface ReadContext {
  readonly store: ObjectStore;
  readonly now: () => Date;
  /** Continue tokens from before this resourceVersion are expired; tests move it. */
  readonly tokens: { oldest: number };
}

const wantsTable = ({ accept }: ApiRequest): boolean => /as=Table/.test(accept);

export function getObject(request: ApiRequest, { store, now }: ReadContext): ApiAnswer {
  const object = store.get(request.kind, request.namespace, request.name ?? '');
  if (!wantsTable(request)) return { status: 200, body: store.json(object) };
  return { status: 200, body: renderTable(request.kind, [object], { meta: {}, now: now() }) };
}

export function listObjects(request: ApiRequest, context: ReadContext): ApiAnswer {
  const { store } = context;
  const start = startOf(request, context);
  const matching = store.all(request.kind).filter(predicateOf(request));
  const limit = Number(request.query.get('limit') ?? 0) || matching.length;
  const page = matching.slice(start.offset, start.offset + limit);
  const left = matching.length - start.offset - page.length;
  const meta = {
    resourceVersion: String(start.resourceVersion),
    ...(left > 0 && {
      continue: tokenFor(start.offset + limit, start.resourceVersion),
      remainingItemCount: left,
    }),
  };
  if (wantsTable(request)) {
    return { status: 200, body: renderTable(request.kind, page, { meta, now: context.now() }) };
  }
  const head = `{"kind":"${request.kind.kind}List","apiVersion":"${apiVersionOf(request.kind)}","metadata":${JSON.stringify(meta)},"items":[`;
  return { status: 200, body: `${head}${page.map((object) => store.json(object)).join(',')}]}\n` };
}

export function predicateOf(request: ApiRequest): Predicate {
  const labels = labelPredicate(request.query.get('labelSelector'));
  const fields = fieldPredicate(request.query.get('fieldSelector'), request.kind);
  const namespace = request.namespace;
  return (object) =>
    (namespace === undefined || (object.metadata as JsonObject | undefined)?.namespace === namespace) &&
    labels(object) &&
    fields(object);
}

const tokenFor = (offset: number, resourceVersion: number): string =>
  Buffer.from(JSON.stringify({ offset, resourceVersion })).toString('base64url');

function startOf(
  request: ApiRequest,
  { store, tokens }: ReadContext,
): { offset: number; resourceVersion: number } {
  const token = request.query.get('continue');
  if (!token) return { offset: 0, resourceVersion: store.resourceVersion };
  let start: { offset: number; resourceVersion: number };
  try {
    start = JSON.parse(Buffer.from(token, 'base64url').toString()) as never;
  } catch {
    throw badRequest('continue key is not valid');
  }
  if (start.resourceVersion < tokens.oldest) {
    throw new ApiFault(
      410,
      'The provided continue parameter is too old to display a consistent list result.',
    );
  }
  return start;
}

/** Streams changes until the client goes, `timeoutSeconds` pass or the server stops. Returns what ends it. */
export function watchObjects(request: ApiRequest, context: ReadContext): () => void {
  const { response } = request.raw;
  const matches = predicateOf(request);
  const since = Number(request.query.get('resourceVersion') ?? 0);
  const past = since === 0 ? initialEvents(request, context) : context.store.since(since);
  const send = (event: StoreEvent) => {
    if (event.kind !== request.kind || !matches(event.object)) return;
    response.write(`{"type":"${event.type}","object":${context.store.json(event.object)}}\n`);
  };

  response.writeHead(200, { 'content-type': 'application/json', 'transfer-encoding': 'chunked' });
  response.flushHeaders();
  past.forEach(send);
  const unsubscribe = context.store.subscribe(send);
  const seconds = Number(request.query.get('timeoutSeconds') ?? 0);
  const timer = seconds > 0 ? setTimeout(() => response.end(), seconds * 1000) : undefined;
  const end = () => {
    clearTimeout(timer);
    unsubscribe();
    response.end();
  };
  response.on('close', end);
  return end;
}

const initialEvents = (request: ApiRequest, { store }: ReadContext): StoreEvent[] =>
  store
    .all(request.kind)
    .map((object) => ({ type: 'ADDED', kind: request.kind, object, resourceVersion: store.resourceVersion }));
