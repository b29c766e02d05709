import { z } from 'zod';
import type { Json } from '../../cluster/ports.js';

/** One parameter of a remediation as a form shows it. */
export interface ParameterField {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** As text; '' = not set. */
  readonly value: string;
  readonly choices?: readonly string[] | undefined;
  readonly optional: boolean;
}

interface Property {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly Json[];
  /** For who knows why: given with the command, not offered in a form. */
  readonly typedOnly?: boolean;
}

interface ObjectShape {
  readonly properties?: Readonly<Record<string, Property>>;
  readonly required?: readonly string[];
}

/** The form behind a remediation's zod schema, without what is only typed; empty = nothing to edit. */
export function parameterFields(
  schema: z.ZodType<unknown>,
  values: Readonly<Record<string, Json>>,
): ParameterField[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
  }) as ObjectShape;
  const shown = Object.entries(properties).filter(([, { typedOnly }]) => !typedOnly);
  return shown.map(([name, property]) => ({
    name,
    label: property.title ?? name,
    hint: property.description,
    value: asText(values[name]),
    choices: property.enum?.map(asText) ?? (property.type === 'boolean' ? ['true', 'false'] : undefined),
    optional: !required.includes(name),
  }));
}

const asText = (value: Json | undefined): string => {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(', ');
  return JSON.stringify(value);
};

/** Parameters that no form asks for, as they were given with the command. */
export function typedParameters(
  schema: z.ZodType<unknown>,
  values: Readonly<Record<string, Json>>,
): Record<string, Json> {
  const asked = parameterFields(schema, values).map(({ name }) => name);
  return Object.fromEntries(Object.entries(values).filter(([name]) => !asked.includes(name)));
}

/** Those of the values that this schema knows too. */
export function knownParameters(
  schema: z.ZodType<unknown>,
  values: Readonly<Record<string, Json>>,
): Record<string, Json> {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as ObjectShape;
  return Object.fromEntries(Object.entries(values).filter(([name]) => name in properties));
}

/** What a form or a `key=value` gave, as the schema wants it: numbers, booleans and lists of texts. */
export function readParameters(
  schema: z.ZodType<unknown>,
  given: Readonly<Record<string, string>>,
): Record<string, Json> {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as ObjectShape;
  const entries = Object.entries(given)
    .filter(([, text]) => text.trim() !== '')
    .map(([name, text]): [string, Json] => [name, readValue(properties[name], text.trim())]);
  return Object.fromEntries(entries);
}

function readValue(property: Property | undefined, text: string): Json {
  const types = [property?.type ?? 'string'].flat();
  if (types.includes('boolean') && /^(true|false)$/.test(text)) return text === 'true';
  if ((types.includes('number') || types.includes('integer')) && text !== '' && !Number.isNaN(Number(text)))
    return Number(text);
  if (types.includes('array'))
    return text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean);
  return text;
}
