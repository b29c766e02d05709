import { list, strings, text, texts } from '../../../../src/cluster/fields.js';
import type { JsonObject } from '../../../../src/cluster/ports.js';
import { badRequest } from '../api-fault.js';
import type { Kind } from './kinds.js';

export type Predicate = (object: JsonObject) => boolean;

/** Equality- and set-based label selectors; an unparsable one is refused as the API server does. */
export function labelPredicate(selector: string | null): Predicate {
  if (!selector) return () => true;
  const parts = selector.split(/,(?![^(]*\))/).map((part) => labelRequirement(part.trim()));
  return (object) => {
    const labels = texts(object, 'metadata', 'labels');
    return parts.every((part) => part(labels));
  };
}

/** A LabelSelector object, as budgets and controllers hold one; an empty one selects everything. */
export function selectorPredicate(selector: JsonObject): Predicate {
  const equal = Object.entries(texts(selector, 'matchLabels')).map(([key, value]) => `${key}=${value}`);
  const more = list(selector, 'matchExpressions').map(expressionText);
  return labelPredicate([...equal, ...more].join(','));
}

function expressionText(expression: unknown): string {
  const key = text(expression, 'key') ?? '';
  const values = strings(expression, 'values').join(',');
  const forms: Readonly<Record<string, string>> = {
    In: `${key} in (${values})`,
    NotIn: `${key} notin (${values})`,
    Exists: key,
    DoesNotExist: `!${key}`,
  };
  return forms[text(expression, 'operator') ?? ''] ?? key;
}

type Labels = Readonly<Record<string, string>>;

function labelRequirement(part: string): (labels: Labels) => boolean {
  const set = /^([\w./-]+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(part);
  if (set) {
    const [, key = '', operator, list = ''] = set;
    const values = list.split(',').map((value) => value.trim());
    const within = (labels: Labels) => labels[key] !== undefined && values.includes(labels[key] ?? '');
    return operator === 'in' ? within : (labels) => !within(labels);
  }
  const equal = /^([\w./-]+)\s*(==|=|!=)\s*([\w.-]*)$/.exec(part);
  if (equal) {
    const [, key = '', operator, value = ''] = equal;
    return (labels) => (labels[key] === value) === (operator !== '!=');
  }
  const exists = /^(!?)\s*([\w./-]+)$/.exec(part);
  if (!exists) throw badRequest(`unable to parse requirement: found '${part}', expected: a label selector`);
  const [, not, key = ''] = exists;
  return (labels) => key in labels === (not === '');
}

/** Only the fields that the API server indexes for the kind; any other is a 400. */
export function fieldPredicate(selector: string | null, kind: Kind): Predicate {
  if (!selector) return () => true;
  const known = new Set(['metadata.name', 'metadata.namespace', ...(kind.fields ?? [])]);
  const parts = selector.split(',').map((part) => fieldRequirement(part.trim(), known));
  return (object) => parts.every((part) => part(object));
}

/** The one name a list is limited to, where the selector says so: RBAC by resourceNames then applies. */
export function selectedName(selector: string | null): string | undefined {
  return /(?:^|,)metadata\.name==?([^,]+)/.exec(selector ?? '')?.[1];
}

function fieldRequirement(part: string, known: ReadonlySet<string>): Predicate {
  const match = /^([\w.]+)(==|=|!=)(.*)$/.exec(part);
  const [, field = '', operator, value = ''] = match ?? [];
  if (!match) throw badRequest(`invalid field selector: ${part}`);
  if (!known.has(field))
    throw badRequest(`Unable to find field label "${field}": field label not supported: ${field}`);
  return (object) => (fieldValue(object, field) === value) === (operator !== '!=');
}

function fieldValue(object: JsonObject, field: string): string {
  if (field === 'source') return text(object, 'source', 'component') ?? '';
  if (field === 'spec.unschedulable')
    return String((object.spec as JsonObject | undefined)?.unschedulable === true);
  return text(object, ...field.split('.')) ?? '';
}
