import type { ServerResponse } from 'node:http';
import type { JsonObject } from '../../../../src/cluster/ports.js';
import { ApiFault } from '../api-fault.js';
import type { ApiRequest } from '../api-request.js';
import { shownAs } from '../objects/event-view.js';
import { kindKey } from '../objects/kinds.js';
import type { StoreEvent } from '../objects/object-store.js';
import { predicateOf, type ReadContext, tableOf, wantsTable } from './read-handlers.js';
import type { Predicate } from '../objects/selectors.js';

/** Streams changes until the client goes, `timeoutSeconds` pass or the server closes. */
export function watchObjects(request: ApiRequest, context: ReadContext): void {
  if (request.query.get('sendInitialEvents') !== null)
    throw new ApiFault(
      422,
      'ListOptions.meta.k8s.io "" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled',
    );
  const { response } = request.raw;
  const write = writerOf(request, context);
  const matches = predicateOf(request);
  const send = (event: StoreEvent) => {
    const type = typeFor(event, matches);
    if (isOfKind(event, request) && type) write(type, event.object);
  };

  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  try {
    for (const event of pastEvents(request, context)) send(event);
  } catch (error) {
    endWithError(response, error);
    return;
  }
  const unsubscribe = context.store.subscribe(send);
  const seconds = Number(request.query.get('timeoutSeconds') ?? 0);
  const timer = seconds > 0 ? setTimeout(() => response.end(), seconds * 1000) : undefined;
  response.on('close', () => {
    clearTimeout(timer);
    unsubscribe();
  });
}

const isOfKind = ({ kind }: StoreEvent, request: ApiRequest): boolean =>
  request.kind.viewOf === undefined
    ? kindKey(kind) === kindKey(request.kind)
    : kind.kind === request.kind.viewOf;

/** An object that a change moves into or out of the selection appears or goes. */
function typeFor({ type, object, before }: StoreEvent, matches: Predicate): StoreEvent['type'] | undefined {
  if (type !== 'MODIFIED' || before === undefined) return matches(object) ? type : undefined;
  if (matches(object)) return matches(before) ? 'MODIFIED' : 'ADDED';
  return matches(before) ? 'DELETED' : undefined;
}

function pastEvents(request: ApiRequest, { store }: ReadContext): readonly StoreEvent[] {
  const since = Number(request.query.get('resourceVersion') ?? 0);
  if (since > 0) return store.since(since);
  return store.all(request.kind).map((object) => ({
    type: 'ADDED',
    kind: request.kind,
    object,
    resourceVersion: store.resourceVersion,
  }));
}

function writerOf(request: ApiRequest, { store, now }: ReadContext) {
  const line = (type: string, body: string) =>
    request.raw.response.write(`{"type":"${type}","object":${body}}\n`);
  return (type: string, object: JsonObject): void => {
    if (wantsTable(request)) {
      line(type, JSON.stringify(tableOf(request, [object], { meta: {}, now: now() })));
    } else if (request.kind.viewOf) line(type, JSON.stringify(shownAs(request.kind, object)));
    else line(type, store.json(object));
  };
}

/** A watch that asks for too old a version is answered 200 with one ERROR event. */
function endWithError(response: ServerResponse, error: unknown): void {
  if (!(error instanceof ApiFault)) throw error;
  response.end(`{"type":"ERROR","object":${JSON.stringify(error.toStatus())}}\n`);
}
