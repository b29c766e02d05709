import type { JsonObject } from '../../../cluster/ports.js';
import type { Version } from '../../../cluster/identity/versions.js';
import { addressRules } from './address-rules.js';
import { choiceRules } from './choice-rules.js';
import { clusterRangeRules } from './cluster-range-rules.js';
import { type EffectiveConfig, effectiveConfig } from './effective-config.js';
import { loggingRules } from './logging-rules.js';
import { numberRules } from './number-rules.js';
import { periodRules } from './period-rules.js';
import { releaseRules } from './release-rules.js';
import { holdsIn, isWordingRead } from './release-span.js';
import type { Breach, ValueRule } from './value-rule.js';

/** Every rule of kube-proxy's validation that can be judged from the file. */
const valueRules: readonly ValueRule[] = [
  ...numberRules,
  ...periodRules,
  ...choiceRules,
  ...addressRules,
  ...clusterRangeRules,
  ...releaseRules,
  ...loggingRules,
];

interface ValueFault {
  readonly field: string;
  /** `value` = kube-proxy exits; `unfamiliar` = this release's source was not at hand. */
  readonly kind: 'value' | 'unfamiliar';
  readonly detail: string;
  /** The line that kube-proxy exits with. */
  readonly prints?: string;
}

/** Values of the right type that kube-proxy's validation turns down. */
export function valueFaults(root: JsonObject, version: Version | undefined): readonly ValueFault[] {
  const config = effectiveConfig(root, version);
  const faults = valueRules.flatMap((rule) => faultOf(rule, config) ?? []);
  const first = new Map(faults.toReversed().map((fault) => [`${fault.field} ${fault.detail}`, fault]));
  return faults.filter((fault) => first.get(`${fault.field} ${fault.detail}`) === fault);
}

function faultOf(rule: ValueRule, config: EffectiveConfig): ValueFault | undefined {
  const { field } = rule;
  const holds = holdsIn(rule, config.minor);
  const applies = holds !== 'no' && rule.when?.(config) !== false;
  const breach = applies ? rule.breach(config) : undefined;
  if (breach === undefined) return undefined;
  return holds === 'yes'
    ? { field, kind: 'value', detail: breach.plain, ...printed(rule, breach, config.minor) }
    : { field, kind: 'unfamiliar', detail: `${breach.plain} in other releases; this one is not judged` };
}

function printed({ path }: ValueRule, { at = '', says }: Breach, minor: number | undefined) {
  return says === undefined || !isWordingRead(minor) ? {} : { prints: `${path(minor)}${at}: ${says}` };
}
