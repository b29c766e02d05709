import { isObject, list, object } from '../../../src/cluster/fields.js';
import type { Json, JsonObject } from '../../../src/cluster/ports.js';
import type { ApiAnswer } from './api-request.js';

type Telling = (honest: JsonObject, answer: ApiAnswer) => ApiAnswer;

const json = (body: Json | string, status = 200): ApiAnswer => ({
  status,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const status = (fields: JsonObject, code: number): ApiAnswer =>
  json({ kind: 'Status', apiVersion: 'v1', metadata: {}, ...fields }, code);
const page =
  '<!DOCTYPE html><html><head><title>Log in</title></head><body>Your session expired</body></html>';
const textOf = ({ body }: ApiAnswer): string =>
  typeof body === 'string' || Buffer.isBuffer(body) ? body.toString() : JSON.stringify(body);
const items = (honest: JsonObject): readonly JsonObject[] => list(honest, 'items').filter(isObject);

/**
 * What stands between a client and an API server, or a broken server, may say in place of the answer. Each is an
 * answer that a client could take for "there is nothing", or for something else than it is.
 */
export const lies = {
  emptyObject: () => json({}),
  emptyBody: () => json(''),
  nothing: () => json(null),
  emptyList: () => json([]),
  error: () => json({ error: 'session expired' }),
  statusOk: () => status({ status: 'Success' }, 200),
  statusInside: () => status({ status: 'Failure', reason: 'Unauthorized', code: 401 }, 200),
  table: () => json({ kind: 'Table', apiVersion: 'meta.k8s.io/v1', columnDefinitions: [], rows: [] }),
  webPage: () => ({ status: 200, body: page, contentType: 'text/html' }),
  webPageAsJson: () => json(page),
  noContent: () => ({ status: 204, body: '' }),
  part: (_, answer) => ({ ...answer, status: 206 }),
  redirect: () => ({ status: 302, body: page, contentType: 'text/html' }),
  notFoundPage: () => ({ status: 404, body: '404 page not found\n', contentType: 'text/plain' }),
  notFoundObject: () => json({ error: 'not found' }, 404),
  notFoundStatus: () =>
    status(
      { status: 'Failure', reason: 'NotFound', message: 'the server could not find it', code: 404 },
      404,
    ),
  notFoundOther: () =>
    status(
      {
        status: 'Failure',
        reason: 'NotFound',
        details: { name: 'another', kind: 'configmaps' },
        message: 'configmaps "another" not found',
        code: 404,
      },
      404,
    ),
  truncated: (_, answer) => ({
    ...answer,
    body: textOf(answer).slice(0, -Math.ceil(textOf(answer).length / 3)),
  }),
  otherType: (_, answer) => ({ ...answer, contentType: 'application/octet-stream' }),
  otherKind: (honest) =>
    json({
      ...honest,
      kind: 'PodTemplateList',
      apiVersion: 'v1',
      ...(honest.items !== undefined && { items: [] }),
    }),
  otherVersion: (honest) => json({ ...honest, apiVersion: 'other.example.com/v1' }),
  otherObject: (honest) =>
    json({ ...honest, metadata: { ...object(honest, 'metadata'), name: '' }, items: [{}] }),
  plainList: (honest) => json({ ...honest, kind: 'List', apiVersion: 'v1', items: [] }),
  noItems: ({ items: _, ...honest }) => json({ ...honest, data: {}, kind: honest.kind ?? '', metadata: {} }),
  nullItems: (honest) => json({ ...honest, metadata: {}, items: null }),
  itemsOfAnotherKind: (honest) =>
    json({
      ...honest,
      metadata: {},
      items: [...items(honest), { metadata: { name: 'x' } }].map((item) => ({ ...item, kind: 'Secret' })),
    }),
  namelessItems: (honest) =>
    json({
      ...honest,
      metadata: {},
      items: [...items(honest).map((item) => ({ ...item, metadata: {} })), {}],
    }),
  missingPages: (honest) => json({ ...honest, metadata: { remainingItemCount: 7 }, items: [] }),
  endless: (honest) => json({ ...honest, metadata: { continue: 'again' } }),
} as const satisfies Readonly<Record<string, Telling>>;

export type Lie = keyof typeof lies;

/** What is said in place of an honest answer. */
export function tell(lie: Lie, answer: ApiAnswer): ApiAnswer {
  let honest: unknown;
  try {
    honest = JSON.parse(textOf(answer));
  } catch {
    honest = {};
  }
  return (lies[lie] as Telling)(isObject(honest) ? honest : {}, answer);
}
