import { z } from 'zod';
import { unlessAbsent } from '../../cluster/absent.js';
import { gatherIdentity, identityReads } from '../../cluster/identity/gather-identity.js';
import type { ClusterIdentity } from '../../cluster/identity/identity.js';
import type { ClusterReader, ObjectRef } from '../../cluster/ports.js';
import { isAtLeast } from '../../cluster/identity/versions.js';
import { endpointSlices } from '../../cluster/views/endpoint-slice.js';
import { isHeadless, type ServiceView, services } from '../../cluster/views/service.js';
import { count } from '../../texts/count.js';
import { type Change, defineRemediation, type Proof } from '../define-remediation.js';
import { refuse } from '../refuse.js';

/** Dual stack is stable, and on wherever the cluster has it, from then on. */
const SINCE = '1.23';
const serviceName = z.string().regex(/^[a-z0-9-]{1,63}\/[a-z0-9-]{1,63}$/, 'namespace/name of a Service');

/** Source: FAQ "How do I resolve common issues with IPv6 dual-stack?". */
export const makeServiceDualStack = defineRemediation({
  id: 'make-service-dual-stack',
  title: 'Give Services an IPv6 address too (PreferDualStack)',
  does: 'give Service {services} an IPv6 address too',
  impact: 'Nothing restarts; the Service keeps the addresses it has.',
  intent: 'ipv6-cluster-ip-unreachable',
  fixes: ['dual-stack-services.singleStack'],
  risk: 'medium',
  undo: 'restore',
  after: 'clear',
  reads: [
    ...identityReads,
    { group: '', resource: 'services', verbs: ['get'] },
    { group: 'discovery.k8s.io', resource: 'endpointslices', verbs: ['list'] },
  ],
  writes: [{ group: '', resource: 'services', verbs: ['patch'] }],
  params: z.strictObject({
    services: z
      .array(serviceName)
      .max(50, 'at most 50')
      .default([])
      .meta({ title: 'Services', description: 'namespace/name, comma between; at most 50.', orTarget: true }),
  }),

  async plan(reader, { params, target }) {
    refuseSingleStackCluster(await gatherIdentity(reader));
    const chosen = await gatherServices(reader, params.services, target);
    chosen.forEach(refuseUnfit);
    await refuseWithoutEndpoints(reader, chosen);
    const open = chosen.filter(isSingleStack);
    const balanced = open.filter(({ type }) => type === 'LoadBalancer').map(nameOf);
    return {
      changes: open.map(changeOf),
      warnings: [
        ...(balanced.length > 0
          ? [
              `The cloud controller acts on LoadBalancer Services when they change, and may touch listeners of their load balancer: ${balanced.join(', ')}.`,
            ]
          : []),
        'The pods behind a Service must listen on IPv6 too, which Kubernetes does not show.',
      ],
      risk: balanced.length > 0 ? 'high' : undefined,
    };
  },
  concerns: ({ about }, { params, target }) =>
    namesOf(params.services, target).includes(`${about.namespace}/${about.name}`),
  prove: proveAddresses,
});

const nameOf = ({ namespace, name }: ServiceView): string => `${namespace}/${name}`;
/** Absent on servers that predate the field: single stack. */
const isSingleStack = ({ ipFamilyPolicy }: ServiceView): boolean =>
  ipFamilyPolicy === undefined || ipFamilyPolicy === 'SingleStack';

function refuseSingleStackCluster({ dualStack, kubernetes }: ClusterIdentity): void {
  if (dualStack === 'unknown')
    throw refuse(
      'Whether this cluster is dual stack could not be read (ConfigMap kube-system/ack-cluster-profile, key ipStack).',
    );
  if (!dualStack)
    throw refuse(
      'This cluster is single stack: a Service can have no IPv6 address here.',
      'Dual stack is chosen when a cluster is created.',
    );
  if (kubernetes === undefined || !isAtLeast(kubernetes, SINCE))
    throw refuse(
      `Dual-stack Services are stable from Kubernetes ${SINCE} on; this server is older or does not tell its version.`,
    );
}

async function gatherServices(
  reader: ClusterReader,
  named: readonly string[],
  target: ObjectRef | undefined,
): Promise<readonly ServiceView[]> {
  const names = namesOf(named, target);
  if (names.length === 0) throw refuse('Which Services? Name them as namespace/name.');
  return Promise.all(
    names.map(async (entry) => {
      const [namespace = '', name = ''] = entry.split('/');
      const found = await unlessAbsent(reader.get(services, { namespace, name }));
      if (found === undefined) throw refuse(`There is no Service ${entry}.`);
      return found;
    }),
  );
}

function namesOf(named: readonly string[], target: ObjectRef | undefined): readonly string[] {
  const aimed = target?.kind === 'Service' ? [`${target.namespace}/${target.name}`] : [];
  return [...new Set(named.length > 0 ? named : aimed)].sort();
}

function refuseUnfit(service: ServiceView): void {
  if (service.type === 'ExternalName')
    throw refuse(`${nameOf(service)} is an ExternalName Service: it has no addresses of its own.`);
  if (isSingleStack(service) && (service.ipFamilies[0] === 'IPv6' || service.clusterIPs[0]?.includes(':')))
    throw refuse(
      `${nameOf(service)} has an IPv6 address, and no other: PreferDualStack would give it an IPv4 address.`,
      'If that is wanted, set spec.ipFamilyPolicy by hand.',
    );
  if (isHeadless(service) && Object.keys(service.selector).length === 0)
    throw refuse(
      `${nameOf(service)} is headless and has no selector: its endpoints are written by hand, and the server defaults its families differently.`,
    );
}

const changeOf = ({ namespace, name, ipFamilyPolicy }: ServiceView): Change => ({
  verb: 'set',
  about: { kind: 'Service', namespace, name },
  path: ['spec', 'ipFamilyPolicy'],
  from: ipFamilyPolicy ?? null,
  to: 'PreferDualStack',
});

interface Chosen {
  readonly params: { readonly services: readonly string[] };
  readonly target: ObjectRef | undefined;
}

async function proveAddresses(reader: ClusterReader, { params, target }: Chosen): Promise<Proof> {
  const chosen = await gatherServices(reader, params.services, target);
  const without = chosen.filter(
    (service) => !isHeadless(service) && !service.clusterIPs.some((address) => address.includes(':')),
  );
  if (without.length > 0)
    return {
      state: 'not-in-effect',
      detail: `Saved, but without an IPv6 cluster IP: ${without.map(nameOf).join(', ')}.`,
    };
  const backed = await withIPv6Endpoints(reader, chosen);
  const unbacked = chosen.map(nameOf).filter((name) => !backed.has(name));
  if (unbacked.length > 0)
    return {
      state: 'not-in-effect',
      detail: `No ready endpoint has an IPv6 address, so nothing answers there: ${unbacked.join(', ')}.`,
    };
  return {
    state: 'in-effect',
    detail: `${chosen.length} of ${count(chosen.length, 'Service has', 'Services have')} both families, and ready IPv6 endpoints.`,
  };
}

/** Names of the Services that an IPv6 address leads somewhere for. */
async function withIPv6Endpoints(
  reader: ClusterReader,
  chosen: readonly ServiceView[],
): Promise<ReadonlySet<string>> {
  const namespaces = [...new Set(chosen.map(({ namespace }) => namespace))];
  const slices = await Promise.all(namespaces.map((namespace) => reader.list(endpointSlices, { namespace })));
  return new Set(
    slices
      .flat()
      .filter(({ addressType, ready }) => addressType === 'IPv6' && ready > 0)
      .map(({ namespace, service }) => `${namespace}/${service}`),
  );
}

/** Kubernetes writes no endpoints for a Service without a selector: an IPv6 address would lead nowhere. */
async function refuseWithoutEndpoints(reader: ClusterReader, chosen: readonly ServiceView[]): Promise<void> {
  const byHand = chosen.filter(
    (service) => isSingleStack(service) && Object.keys(service.selector).length === 0,
  );
  if (byHand.length === 0) return;
  const backed = await withIPv6Endpoints(reader, byHand);
  const bare = byHand.map(nameOf).filter((name) => !backed.has(name));
  if (bare.length === 0) return;
  throw refuse(
    `${bare.join(', ')}: without a selector endpoints are written by hand, and there is no ready IPv6 one: an IPv6 address would lead nowhere.`,
    'Write an EndpointSlice of addressType IPv6 for it first.',
  );
}
