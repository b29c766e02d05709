import type { Json, JsonObject } from '../../../../src/cluster/ports.js';

/** Field numbers of a message: a text, a number, a list of texts, a map of texts or of bytes, or a message inside. */
type Shape = { readonly [field: number]: readonly [name: string, type: FieldType] };
type FieldType = 'text' | 'int' | 'texts' | 'map' | 'bytesMap' | Shape;

const objectMeta: Shape = {
  1: ['name', 'text'],
  2: ['generateName', 'text'],
  3: ['namespace', 'text'],
  11: ['labels', 'map'],
  12: ['annotations', 'map'],
};
const deleteOptions: Shape = {
  1: ['gracePeriodSeconds', 'int'],
  2: ['preconditions', { 1: ['uid', 'text'], 2: ['resourceVersion', 'text'] }],
  4: ['propagationPolicy', 'text'],
  5: ['dryRun', 'texts'],
};
const names = ['namespace', 'verb', 'group', 'version', 'resource', 'subresource', 'name'];
const resourceAttributes: Shape = Object.fromEntries(names.map((name, index) => [index + 1, [name, 'text']]));

/** What the typed clients of kubectl (from 1.32 on) and helm send as protobuf on the paths they use here; generated.proto has the numbers. */
const shapes: Readonly<Record<string, Shape>> = {
  ConfigMap: { 1: ['metadata', objectMeta], 2: ['data', 'map'] },
  Secret: { 1: ['metadata', objectMeta], 2: ['data', 'bytesMap'], 3: ['type', 'text'] },
  Namespace: { 1: ['metadata', objectMeta] },
  DeleteOptions: deleteOptions,
  Eviction: { 1: ['metadata', objectMeta], 2: ['deleteOptions', deleteOptions] },
  TokenRequest: {
    1: ['metadata', objectMeta],
    2: ['spec', { 1: ['audiences', 'texts'], 4: ['expirationSeconds', 'int'] }],
  },
  SelfSubjectAccessReview: {
    2: [
      'spec',
      {
        1: ['resourceAttributes', resourceAttributes],
        2: ['nonResourceAttributes', { 1: ['path', 'text'], 2: ['verb', 'text'] }],
      },
    ],
  },
  SelfSubjectRulesReview: { 2: ['spec', { 1: ['namespace', 'text'] }] },
  SelfSubjectReview: {},
};

const envelope: Shape = { 1: ['typeMeta', { 1: ['apiVersion', 'text'], 2: ['kind', 'text'] }] };
const MAGIC = Buffer.from('k8s\0');

/** A body in Kubernetes' protobuf envelope as the JSON it stands for; undefined = a message not known here. */
export function decodeProtobuf(body: Buffer): JsonObject | undefined {
  if (!body.subarray(0, 4).equals(MAGIC)) return undefined;
  const outer = body.subarray(4);
  const { typeMeta } = decode(outer, envelope) as { typeMeta?: { apiVersion?: string; kind?: string } };
  const shape = shapes[typeMeta?.kind ?? ''];
  const raw = fieldsOf(outer).find(({ field }) => field === 2)?.bytes;
  if (shape === undefined || typeMeta === undefined) return undefined;
  return { ...typeMeta, ...decode(raw ?? Buffer.alloc(0), shape) };
}

function decode(message: Buffer, shape: Shape): JsonObject {
  const result: Record<string, Json> = {};
  for (const { field, bytes, value } of fieldsOf(message)) {
    const known = shape[field];
    if (known === undefined) continue;
    const [name, type] = known;
    const text = bytes.toString('utf8');
    if (type === 'int') result[name] = value;
    else if (type === 'texts') result[name] = [...((result[name] as string[]) ?? []), text];
    else if (type === 'map') result[name] = { ...(result[name] as JsonObject), ...entryOf(bytes, 'utf8') };
    // As JSON has them.
    else if (type === 'bytesMap')
      result[name] = { ...(result[name] as JsonObject), ...entryOf(bytes, 'base64') };
    else if (type !== 'text') result[name] = decode(bytes, type);
    // An unset text is sent as an empty one.
    else if (text !== '') result[name] = text;
  }
  return result;
}

function entryOf(entry: Buffer, values: 'utf8' | 'base64'): JsonObject {
  const fields = fieldsOf(entry);
  const part = (wanted: number) => fields.find(({ field }) => field === wanted)?.bytes ?? NOTHING;
  return { [part(1).toString('utf8')]: part(2).toString(values) };
}

interface Field {
  readonly field: number;
  readonly bytes: Buffer;
  readonly value: number;
}

const NOTHING = Buffer.alloc(0);

function fieldsOf(message: Buffer): readonly Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 1; at < message.length; shift *= 128) {
      const byte = message[at] ?? 0;
      at += 1;
      value += (byte & 127) * shift;
      if (byte < 128) break;
    }
    return value;
  };
  while (at < message.length) {
    const tag = varint();
    const field = tag >> 3;
    const wire = tag & 7;
    if (wire === 0) fields.push({ field, bytes: NOTHING, value: varint() });
    else {
      const length = wire === 2 ? varint() : wire === 1 ? 8 : 4;
      fields.push({ field, bytes: message.subarray(at, at + length), value: 0 });
      at += length;
    }
  }
  return fields;
}
