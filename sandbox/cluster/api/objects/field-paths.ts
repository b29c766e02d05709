import { isObject } from '../../../../src/cluster/fields.js';
import type { Json, JsonObject } from '../../../../src/cluster/ports.js';

/** Members of a field set, each by its path in the words of FieldsV1, with what stands there. */
export type FieldPaths = ReadonlyMap<string, string>;

/** Lists that the API server takes item by item, by the keys that tell items apart. Source: `listMapKeys` of the API types. */
const keyedLists: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\.(?:containers|initContainers|volumes|env|imagePullSecrets)$/, ['name']],
  [/ontainers\.ports$/, ['containerPort', 'protocol']],
  [/^spec\.ports$/, ['port', 'protocol']],
  [/\.volumeMounts$/, ['mountPath']],
  [/\.hostAliases$|^status\.podIPs$/, ['ip']],
  [/^status\.(?:conditions|addresses)$/, ['type']],
  [/^metadata\.ownerReferences$/, ['uid']],
];
const sets = /^(?:metadata\.finalizers|spec\.podCIDRs)$/;
/** Taken as one. Source: `mapType: atomic` and `structType: atomic` of the API types. */
const atomic = /(?:^|\.)(?:selector|nodeSelector|labelSelector|resourceFieldRef|fieldRef|configMapKeyRef)$/;
/** Parts that every object of the kind has: nobody adds these themselves. */
const inline = /^(?:metadata|spec|status)$|\.(?:template|metadata|spec|strategy|updateStrategy|containers)$/;
/** What nobody owns. Source: `stripMeta` of structured-merge-diff's use in apimachinery. */
const unowned =
  /^(?:apiVersion|kind|metadata\.(?:name|namespace|creationTimestamp|deletionTimestamp|deletionGracePeriodSeconds|generation|managedFields|resourceVersion|selfLink|uid))$/;

export function fieldPaths(object: JsonObject): FieldPaths {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(object)) walk({ path: key, steps: [`f:${key}`], value }, found);
  return found;
}

interface Spot {
  /** Names alone, by which kinds of lists are known. */
  readonly path: string;
  readonly steps: readonly string[];
  readonly value: Json | undefined;
}

function walk({ path, steps, value }: Spot, found: Map<string, string>): void {
  if (value === undefined || unowned.test(path)) return;
  const below = atomic.test(path) ? [] : spotsBelow({ path, steps, value });
  if (below.length === 0) found.set(JSON.stringify(steps), JSON.stringify(value));
  else if (!inline.test(path)) found.set(JSON.stringify(steps), '');
  for (const spot of below) walk(spot, found);
}

function spotsBelow({ path, steps, value }: Spot): readonly Spot[] {
  if (Array.isArray(value)) return itemsOf(path, steps, value);
  return isObject(value)
    ? Object.entries(value).map(([key, held]) => ({
        path: `${path}.${key}`,
        steps: [...steps, `f:${key}`],
        value: held,
      }))
    : [];
}

function itemsOf(path: string, steps: readonly string[], items: readonly Json[]): readonly Spot[] {
  if (sets.test(path))
    return items.map((value) => ({
      path: `${path}.*.v`,
      steps: [...steps, `v:${JSON.stringify(value)}`],
      value,
    }));
  const keys = keyedLists.find(([pattern]) => pattern.test(path))?.[1];
  if (keys === undefined || !items.every(isObject)) return [];
  return items.map((item) => {
    const own = Object.fromEntries(
      keys.flatMap((key) => (item[key] === undefined ? [] : [[key, item[key]]])),
    );
    return { path, steps: [...steps, `k:${JSON.stringify(own)}`], value: item };
  });
}
