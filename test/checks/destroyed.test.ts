import { beforeAll, describe, expect, it } from '@jest/globals';
import { text } from '../../src/cluster/fields.js';
import type { Json, JsonObject, ObjectRef, RbacRule } from '../../src/cluster/ports.js';
import { husk } from '../support/hostile-objects.js';
import { patience } from '../support/patience.js';
import type { InMemoryCluster } from '../support/reader-of.js';
import { type Base, judged, scenarioBase, scenarioNames, triedChecks } from '../support/scenario-bases.js';

const bases = new Map<string, Base>();
const baseOf = (name: string): Base => bases.get(name) as Base;

beforeAll(async () => {
  for (const name of scenarioNames) bases.set(name, await scenarioBase(name));
});

/** What a finding is about; all of a kind where it is about many. */
const many: Readonly<Record<string, string>> = {
  nodes: 'v1 Node',
  pods: 'v1 Pod',
  services: 'v1 Service',
  networkpolicies: 'networking.k8s.io/v1 NetworkPolicy',
};

function isAbout(object: JsonObject, about: ObjectRef): boolean {
  const type = `${object.apiVersion} ${object.kind}`;
  if (about.kind === 'Cluster') return type === many[about.name];
  return (
    /^(v1|apps\/v1|networking\.k8s\.io\/v1) /.test(type) &&
    object.kind === about.kind &&
    text(object, 'metadata', 'name') === about.name &&
    text(object, 'metadata', 'namespace') === about.namespace
  );
}

/** Reads that only confirm or count; what decides stands elsewhere, as the check's own cases show. */
const optional = new Set([
  // Where the server is older than 1.33.
  'cluster-addresses without servicecidrs',
  'eip-blocks-upgrade without podeips',
  'eni-quota-exhausted without pods/log',
  'flannel-version without pods/log',
  'ipvs-scheduler without pods/log',
  'terway-acceleration without pods/log',
  'terway-in-cluster-load-balancing without pods/log',
  'terway-pods-not-ready without pods/log',
  'vswitch-addresses-exhausted without pods/log',
]);
/**
 * ConfigMaps that do not decide: they add facts or advice, another one names the same range, events and resources
 * tell, or (network-policy-latency, terway-in-cluster-load-balancing) any text is a value that Terway understands.
 */
const sideFacts = new Set([
  'cluster-addresses on ack-cluster-profile',
  'cluster-addresses on eni-config',
  'cluster-resources on ack-cluster-profile',
  'cluster-resources on acs-profile',
  'cluster-resources on eni-config',
  'conntrack-limit on eni-config',
  'ecs-reach-facts on ack-cluster-profile',
  'eni-quota-exhausted on eni-config',
  'eni-quota-exhausted on eni-config-fixed',
  'flannel-version on kube-flannel-cfg',
  'host-port on eni-config',
  'host-port on kube-flannel-cfg',
  'ipvs-scheduler on eni-config',
  'ipvs-udp-timeout on eni-config',
  'network-policy-latency on eni-config',
  'pods-stuck-creating on eni-config',
  'snat-facts on ack-cluster-profile',
  'snat-facts on eni-config-fixed',
  'terway-in-cluster-load-balancing on eni-config',
  'terway-pod-capacity on eni-config',
  'vswitch-addresses-exhausted on eni-config',
]);

describe('checks on objects that are destroyed', () => {
  const outcomesOf = async (cluster: InMemoryCluster): Promise<Map<string, string>> =>
    new Map((await judged(cluster)).checks.map(({ id, outcome }) => [id, outcome]));

  it.each(scenarioNames)(
    'do not call clear what they found before, in %s',
    async (name) => {
      const base = baseOf(name);
      const cleared: string[] = [];
      for (const { id, outcome, findings } of base.intact.checks) {
        if (outcome !== 'found') continue;
        for (const { id: finding, about, severity } of findings) {
          if (severity !== 'problem') continue;
          for (const filling of [null, 'junk', [1], { a: { b: 1 } }] as readonly Json[]) {
            const objects = base.objects.map((object) =>
              isAbout(object, about) ? husk(object, filling) : object,
            );
            const after = await outcomesOf({ ...base, objects });
            if (after.get(id) === 'clear')
              cleared.push(`${finding} (${about.kind} ${about.name}) with ${JSON.stringify(filling)}`);
          }
        }
      }
      expect(cleared).toEqual([]);
    },
    patience(120_000),
  );

  it.each(scenarioNames)(
    'do not call clear what they may not read, in %s',
    async (name) => {
      const base = baseOf(name);
      const cleared: string[] = [];
      for (const check of triedChecks) {
        if (base.intact.checks.find(({ id }) => id === check.id)?.outcome === 'not-applicable') continue;
        const needed = new Set(check.reads.map((rule) => rule.resource));
        for (const resource of needed) {
          const after = await outcomesOf({ ...base, forbidden: [resource] });
          const way = `${check.id} without ${resource}`;
          if (after.get(check.id) === 'clear' && !optional.has(way)) cleared.push(way);
        }
      }
      expect(cleared).toEqual([]);
    },
    patience(120_000),
  );

  it.each(scenarioNames)(
    'do not call clear what stands in a ConfigMap that is gone or garbage, in %s',
    async (name) => {
      const base = baseOf(name);
      const cleared: string[] = [];
      for (const check of triedChecks) {
        if (base.intact.checks.find(({ id }) => id === check.id)?.outcome === 'not-applicable') continue;
        const read = [...new Set(check.reads.flatMap(configMapsOf))];
        const present = read.filter((entry) => base.objects.some((object) => isConfigMap(object, entry)));
        for (const configMap of present) {
          for (const destroyed of [gone, garbled]) {
            const after = await outcomesOf({ ...base, objects: base.objects.flatMap(destroyed(configMap)) });
            const way = `${check.id} on ${configMap}`;
            if (after.get(check.id) === 'clear' && !sideFacts.has(way)) cleared.push(way);
          }
        }
      }
      expect([...new Set(cleared)]).toEqual([]);
    },
    patience(120_000),
  );
});

const configMapsOf = ({ resource, names: named = [] }: RbacRule): readonly string[] =>
  resource === 'configmaps' ? named : [];
const isConfigMap = (object: JsonObject, name: string): boolean =>
  object.kind === 'ConfigMap' && text(object, 'metadata', 'name') === name;

type Destroyer = (name: string) => (object: JsonObject) => readonly JsonObject[];
const gone: Destroyer = (name) => (object) => (isConfigMap(object, name) ? [] : [object]);
const garbled: Destroyer = (name) => (object) => {
  if (!isConfigMap(object, name)) return [object];
  const data = object.data as Readonly<Record<string, string>>;
  return [{ ...object, data: Object.fromEntries(Object.keys(data).map((key) => [key, '\u0000{[: '])) }];
};
