import { isJson, type Json } from '../json.js';

/** One broken rule: Slack's words and the JSON pointer of the place. */
export interface Fault {
  readonly message: string;
  readonly pointer: string;
}

/** Says what is wrong with a value at a place; nothing when it is right. */
export type Rule = (value: unknown, pointer: string) => Fault[];

const fault = (message: string, pointer: string): Fault[] => [{ message, pointer }];

const pairs = /[\ud800-\udbff][\udc00-\udfff]/g;

/** Slack counts code points, not UTF-16 units. */
export const lengthOf = (text: string): number => text.length - (text.match(pairs)?.length ?? 0);

export const string =
  (max: number, min = 1): Rule =>
  (value, pointer) => {
    if (typeof value !== 'string') return fault('must be a string', pointer);
    const length = lengthOf(value);
    if (length < min) return fault(`must be more than ${min - 1} characters`, pointer);
    if (length > max) return fault(`must be less than ${max + 1} characters`, pointer);
    return [];
  };

export const bool: Rule = (value, pointer) =>
  typeof value === 'boolean' ? [] : fault('must be a boolean', pointer);

export const number =
  (min: number, max: number): Rule =>
  (value, pointer) => {
    const inside = typeof value === 'number' && value >= min && value <= max;
    return inside ? [] : fault(`must be a number from ${min} to ${max}`, pointer);
  };

export const anything: Rule = () => [];

export const oneOf =
  (...allowed: readonly string[]): Rule =>
  (value, pointer) =>
    allowed.includes(value as string) ? [] : fault(`must be one of: ${allowed.join(', ')}`, pointer);

export const list =
  (rule: Rule, { min = 0, max }: { min?: number; max: number }): Rule =>
  (value, pointer) => {
    if (!Array.isArray(value)) return fault('must be an array', pointer);
    if (value.length > max) return fault(`no more than ${max} items allowed`, pointer);
    if (value.length < min) return fault(`no fewer than ${min} items allowed`, pointer);
    return value.flatMap((entry, index) => rule(entry, `${pointer}/${index}`));
  };

/** An object with these fields and no others; a name ending in `?` is optional. */
export function shape(fields: Readonly<Record<string, Rule>>): Rule {
  const rules = new Map(Object.entries(fields).map(([name, rule]) => [name.replace('?', ''), rule]));
  const needed = Object.keys(fields).filter((name) => !name.endsWith('?'));
  return (value, pointer) => {
    if (!isJson(value)) return fault('must be an object', pointer);
    const found: Fault[] = [];
    for (const name of needed)
      if (value[name] === undefined) found.push(...fault(`missing required field: ${name}`, pointer));
    for (const [name, entry] of Object.entries(value)) {
      const rule = rules.get(name);
      if (rule === undefined) found.push(...fault(`additional property not allowed: ${name}`, pointer));
      else if (entry !== undefined) found.push(...rule(entry, `${pointer}/${name}`));
    }
    return found;
  };
}

/** The rule that an object's `type` picks. */
export const byType =
  (rules: Readonly<Record<string, Rule>>): Rule =>
  (value, pointer) => {
    if (!isJson(value)) return fault('must be an object', pointer);
    const rule = Object.hasOwn(rules, String(value.type)) ? rules[String(value.type)] : undefined;
    return rule ? rule(value, pointer) : fault(`unsupported type: ${String(value.type)}`, `${pointer}/type`);
  };

export const both =
  (...rules: readonly Rule[]): Rule =>
  (value, pointer) => {
    for (const rule of rules) {
      const found = rule(value, pointer);
      if (found.length > 0) return found;
    }
    return [];
  };

/** A rule over a whole object that `shape` cannot say. */
export const when =
  (broken: (value: Json) => boolean, message: string, at = ''): Rule =>
  (value, pointer) =>
    isJson(value) && broken(value) ? fault(message, pointer + at) : [];
