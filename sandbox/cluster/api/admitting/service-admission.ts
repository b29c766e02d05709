import { list, object, strings, text } from '../../../../src/cluster/fields.js';
import type { JsonObject } from '../../../../src/cluster/ports.js';
import { invalid } from '../api-fault.js';
import { serviceKind } from '../objects/kinds.js';
import { placeOf } from '../objects/object-store.js';

interface Families {
  readonly dualStack: boolean;
}

/** Type, address families and cluster addresses, as the API server fills them in. */
export function admitService(given: JsonObject, { dualStack }: Families): JsonObject {
  const spec = object(given, 'spec');
  const type = text(spec, 'type') ?? 'ClusterIP';
  if (type === 'ExternalName') return given;
  if (list(spec, 'ports').length === 0 && spec.clusterIP !== 'None')
    throw invalid(serviceKind, placeOf(given).name, 'spec.ports: Required value');
  const policy = text(spec, 'ipFamilyPolicy') ?? 'SingleStack';
  const families = familiesOf(given, policy, dualStack);
  return {
    ...given,
    spec: {
      ...spec,
      type,
      ipFamilyPolicy: policy,
      ipFamilies: families,
      ...addressesFor(given, families),
    },
  };
}

function familiesOf(given: JsonObject, policy: string, dualStack: boolean): readonly string[] {
  const { name } = placeOf(given);
  if (!['SingleStack', 'PreferDualStack', 'RequireDualStack'].includes(policy))
    throw invalid(
      serviceKind,
      name,
      `spec.ipFamilyPolicy: Unsupported value: "${policy}": supported values: "PreferDualStack", "RequireDualStack", "SingleStack"`,
    );
  if (policy === 'RequireDualStack' && !dualStack)
    throw invalid(
      serviceKind,
      name,
      'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
    );
  const first = strings(given, 'spec', 'ipFamilies')[0] ?? 'IPv4';
  const second = first === 'IPv4' ? 'IPv6' : 'IPv4';
  return policy !== 'SingleStack' && dualStack ? [first, second] : [first];
}

/** Known addresses stay; missing ones are made from the name, so that a dry run and the write after it agree. */
function addressesFor(given: JsonObject, families: readonly string[]): JsonObject {
  const spec = object(given, 'spec');
  if (spec.clusterIP === 'None') return { clusterIP: 'None', clusterIPs: ['None'] };
  const { namespace, name } = placeOf(given);
  const known = strings(spec, 'clusterIPs');
  const single = text(spec, 'clusterIP');
  const held = known.length > 0 ? known : single ? [single] : [];
  const addresses = families.map((family, index) => held[index] ?? addressOf(family, `${namespace}/${name}`));
  return { clusterIP: addresses[0] ?? '', clusterIPs: addresses };
}

function addressOf(family: string, seed: string): string {
  let hash = 7;
  for (const letter of seed) hash = (hash * 31 + letter.charCodeAt(0)) % 65_521;
  const [high, low] = [hash >> 8, hash & 255 || 1];
  return family === 'IPv6' ? `fc00::${hash.toString(16)}` : `192.168.${128 + (high % 16)}.${low}`;
}

export function refuseServiceChange(before: JsonObject, after: JsonObject): void {
  const { name } = placeOf(before);
  const was = text(before, 'spec', 'clusterIP');
  const will = text(after, 'spec', 'clusterIP');
  if (was && will !== was && text(after, 'spec', 'type') !== 'ExternalName')
    throw invalid(
      serviceKind,
      name,
      `spec.clusterIPs[0]: Invalid value: ["${will}"]: may not change once set`,
    );
}
