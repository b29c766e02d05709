import { z } from 'zod';
import type { Json } from '../../cluster/ports.js';
import type { KnownValue } from '../../remediations/define-remediation.js';
import { fixTexts } from '../../texts/fixes.js';

/** One parameter of a remediation as a form shows it. */
export interface ParameterField {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** As text; '' = not set. */
  readonly value: string;
  readonly choices?: readonly string[] | undefined;
  /** What a choice is shown as, where that is not itself. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Beside the choices there is a field to type another into. */
  readonly orTyped?: boolean | undefined;
  readonly optional: boolean;
}

interface Property {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly Json[];
  /** For who knows why: given with the command, not offered in a form. */
  readonly typedOnly?: boolean;
  /** Needed where no object is named that the fix is for. */
  readonly orTarget?: boolean;
}

interface ObjectShape {
  readonly properties?: Readonly<Record<string, Property>>;
  readonly required?: readonly string[];
}

interface Asked {
  /** What the cluster says of each. */
  readonly known?: Readonly<Record<string, KnownValue>>;
  /** Whether the object is named that the fix is for; default yes. */
  readonly hasTarget?: boolean | undefined;
}

/** The form behind a remediation's zod schema, without what is only typed; empty = nothing to edit. */
export function parameterFields(
  schema: z.ZodType<unknown>,
  values: Readonly<Record<string, Json>>,
  { known = {}, hasTarget = true }: Asked = {},
): ParameterField[] {
  return shownProperties(schema).map(([name, property, required]) => {
    const { hint, now = '', choices, labels, orTyped } = known[name] ?? {};
    const value = asText(values[name]) || now;
    return {
      name,
      label: property.title ?? name,
      hint: [property.description, hint].filter(Boolean).join(' ') || undefined,
      value,
      choices: choicesOf(property) ?? (orTyped === true ? choices : withValue(choices, value)),
      labels,
      orTyped,
      optional: !required && !(property.orTarget === true && !hasTarget),
    };
  });
}

/** What somebody gave stays, also where the cluster does not offer it: the plan says why it does not do. */
const withValue = (choices: readonly string[] | undefined, value: string): readonly string[] | undefined =>
  choices === undefined || value === '' || choices.includes(value) ? choices : [value, ...choices];

const choicesOf = (property: Property): readonly string[] | undefined =>
  property.enum?.map(asText) ?? (property.type === 'boolean' ? ['true', 'false'] : undefined);

function shownProperties(schema: z.ZodType<unknown>): [string, Property, boolean][] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
  }) as ObjectShape;
  return Object.entries(properties)
    .filter(([, { typedOnly }]) => !typedOnly)
    .map(([name, property]) => [name, property, required.includes(name)]);
}

/** Whether somebody has to say more before this can be planned. */
export const lacksParameters = (
  schema: z.ZodType<unknown>,
  values: Readonly<Record<string, Json>>,
  hasTarget: boolean,
): boolean =>
  parameterFields(schema, values, { hasTarget }).some(({ optional, value }) => !optional && value === '');

/** What is wrong with each value, by field; undefined = nothing. */
export function parameterFaults(
  schema: z.ZodType<unknown>,
  values: Readonly<Record<string, Json>>,
): Readonly<Record<string, string>> | undefined {
  const parsed = schema.safeParse(values);
  if (parsed.success) return undefined;
  const fields = shownProperties(schema).map(([name]) => name);
  const faults = parsed.error.issues.flatMap(({ path, message }): [string, string][] => {
    const name = String(path[0] ?? '');
    const at = fields.includes(name) ? name : fields[0];
    return at === undefined ? [] : [[at, values[name] === undefined ? fixTexts.form.needed : message]];
  });
  return faults.length === 0 ? undefined : Object.fromEntries(faults.reverse());
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

/** Names of all parameters, those included that no form asks for. */
export const parameterNames = (schema: z.ZodType<unknown>): readonly string[] =>
  Object.keys(
    (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as ObjectShape).properties ?? {},
  );

/** Those of the values that this schema knows too. */
export function knownParameters(
  schema: z.ZodType<unknown>,
  values: Readonly<Record<string, Json>>,
): Record<string, Json> {
  const names = parameterNames(schema);
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
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
