import { at, flag, list, number, object, strings, text } from '../../../cluster/fields.js';
import type { Json, JsonObject } from '../../../cluster/ports.js';
import type { Version } from '../../../cluster/identity/versions.js';
import { goDuration } from '../go/go-duration.js';
import { isGateOn } from './feature-gates.js';
import { readMinor } from './release-span.js';

type Path = readonly [string] | readonly [string, string];

/** What the file says, as kube-proxy sees it when it validates: a value of a wrong type is none. */
export interface EffectiveConfig {
  /** undefined = a release that was not read. */
  readonly minor: number | undefined;
  readonly mode: string;
  /** Gates that the file sets. */
  readonly gates: Readonly<Record<string, boolean>>;
  text(field: string): string;
  int(field: string): number | undefined;
  /** 0 where it is empty. */
  duration(field: string): bigint;
  list(field: string): readonly string[];
  /** Of a list whose entries are no texts. */
  items(field: string): readonly Json[];
  /** Of a flag, however deep it stands. */
  isTrue(field: string): boolean;
  /** undefined = no such gate, or not known. */
  isOn(gate: string): boolean | undefined;
}

export function effectiveConfig(root: JsonObject, version: Version | undefined): EffectiveConfig {
  const minor = readMinor(version);
  const gates = setGates(root);
  return {
    minor,
    gates,
    mode: text(root, 'mode') || 'iptables',
    text: (field) => text(root, ...pathOf(field)) ?? '',
    int: (field) => number(root, ...pathOf(field)),
    duration: (field) => goDuration(text(root, ...pathOf(field)) ?? '0') ?? 0n,
    list: (field) => strings(root, ...pathOf(field)),
    items: (field) => list(root, ...pathOf(field)),
    isTrue: (field) => at(root, ...field.split('.')) === true,
    isOn: (gate) => (minor === undefined ? undefined : isGateOn(gate, gates, minor)),
  };
}

/** Fields stand at the top or one section below. */
function pathOf(field: string): Path {
  const dot = field.indexOf('.');
  return dot === -1 ? [field] : [field.slice(0, dot), field.slice(dot + 1)];
}

export function setGates(root: JsonObject): Readonly<Record<string, boolean>> {
  const gates = object(root, 'featureGates');
  return Object.fromEntries(
    Object.keys(gates).flatMap((name) => {
      const on = flag(gates, name);
      return on === undefined ? [] : [[name, on] as const];
    }),
  );
}
