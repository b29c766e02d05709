import { gzipSync } from 'node:zlib';
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

const written = (value: Json): string => JSON.stringify(value);
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
const emptied = (honest: JsonObject): JsonObject => ({ ...honest, metadata: {}, items: [] });
const emptyLike = (value: Json | undefined): Json => (isList(value) ? [] : isObject(value) ? {} : '');

/** The text of an object that more fields may follow. */
const open = (value: JsonObject): string => written(value).slice(0, -1);

/** Says what it holds, and then that it holds nothing. */
const repeated = (value: JsonObject): string =>
  `${[open(value), ...Object.entries(value).flatMap(emptyAgain)].join(',')}}`;
const emptyAgain = ([key, value]: readonly [string, Json]): readonly string[] =>
  ['kind', 'apiVersion', 'metadata'].includes(key) ? [] : [`${written(key)}:${written(emptyLike(value))}`];

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
  itemsObject: (honest) => json({ ...honest, items: { ...items(honest) } }),
  itemsText: (honest) => json({ ...honest, items: '' }),
  itemsNumber: (honest) => json({ ...honest, items: 0 }),
  itemsOfNull: (honest) => json({ ...honest, items: [null] }),
  itemsOfNumbers: (honest) => json({ ...honest, items: [1, 2, 3] }),
  lowerCaseKind: (honest) => json({ ...honest, kind: String(honest.kind).toLowerCase(), items: [] }),
  secondHand: (honest) => json(emptied(honest), 203),
  watchEvent: (honest) => json({ type: 'ADDED', object: items(honest)[0] ?? honest }),
  envelope: (honest) => json({ code: 'Success', data: honest }),
  emptyEnvelope: (honest) => json({ success: true, data: emptied(honest), items: [] }),
  twoDocuments: (honest, answer) => ({ ...answer, body: `${textOf(answer)}\n${written(emptied(honest))}` }),
  emptyDocumentFirst: (honest, answer) => ({
    ...answer,
    body: `${written(emptied(honest))}\n${textOf(answer)}`,
  }),
  gzip: (_, answer) => ({ ...answer, body: gzipSync(textOf(answer)), contentEncoding: 'gzip' }),
  truncatedGzip: (_, answer) => ({
    ...answer,
    body: gzipSync(textOf(answer)).subarray(0, -12),
    contentEncoding: 'gzip',
  }),
  otherCharset: (_, answer) => ({
    ...answer,
    body: Buffer.from(textOf(answer), 'utf16le'),
    contentType: `${answer.contentType ?? 'application/json'}; charset=utf-16le`,
  }),
  repeatedFields: (honest) => json(repeated(honest)),
  repeatedToken: ({ metadata: _, ...honest }) =>
    json(`${open({ ...honest, items: [] })},"metadata":{"continue":"next","continue":""}}`),
  repeatedInItems: ({ items: held, ...honest }) =>
    json(
      isList(held)
        ? `${open(honest)},"items":[${held.filter(isObject).map(repeated).join(',')}]}`
        : repeated(honest),
    ),
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
