import * as library from '@kubernetes/client-node';
import { isObject } from '../../src/cluster/fields.js';

interface Attribute {
  readonly baseName: string;
  readonly type: string;
}
type Model = { getAttributeTypeMap(): readonly Attribute[] };

const modelNamed = (name: string): Model | undefined => {
  const found = (library as unknown as Record<string, unknown>)[name];
  return typeof found === 'function' && 'getAttributeTypeMap' in found
    ? (found as unknown as Model)
    : undefined;
};

/** Paths of fields that the kind does not have, or that are of another type, by the client library's own models. */
export const unknownFields = (object: { readonly kind: string }): string[] =>
  against(object, `V1${object.kind}`, object.kind);

function against(value: unknown, type: string, at: string): string[] {
  const item = /^Array<(.+)>$/.exec(type)?.[1];
  if (item !== undefined)
    return Array.isArray(value)
      ? value.flatMap((entry, index) => against(entry, item, `${at}[${index}]`))
      : [`${at}: no list`];
  const mapped = /^\{ \[key: string\]: (.+); \}$/.exec(type)?.[1];
  if (mapped !== undefined)
    return isObject(value)
      ? Object.entries(value).flatMap(([key, entry]) => against(entry, mapped, `${at}.${key}`))
      : [`${at}: no map`];
  const model = modelNamed(type);
  if (model !== undefined) return fieldsAgainst(value, model, at);
  const plain = type === 'string' || type === 'number' || type === 'boolean';
  return plain && typeof value !== type ? [`${at}: no ${type}`] : [];
}

function fieldsAgainst(value: unknown, model: Model, at: string): string[] {
  if (!isObject(value)) return [`${at}: no object`];
  const attributes = model.getAttributeTypeMap();
  return Object.entries(value).flatMap(([key, entry]) => {
    const known = attributes.find(({ baseName }) => baseName === key);
    return known === undefined ? [`${at}.${key}: unknown`] : against(entry, known.type, `${at}.${key}`);
  });
}
