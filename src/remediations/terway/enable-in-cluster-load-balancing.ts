import { z } from 'zod';
import { isAtLeast } from '../../cluster/identity/versions.js';
import { defineRemediation } from '../define-remediation.js';
import { refuse } from '../refuse.js';
import { provePolicyLog } from './prove-policy-log.js';
import {
  eniConfigMap,
  gatherTerwayTarget,
  TERWAY_IMPACT,
  type TerwayTarget,
  terwayPlanReads,
  terwayWrites,
} from './terway-target.js';

const KEY = 'in_cluster_loadbalance';
const SINCE = '1.2.0';

/** Source: FAQ "How do I enable in-cluster load balancing for a Terway IPvlan cluster?". */
export const enableInClusterLoadBalancing = defineRemediation({
  id: 'enable-in-cluster-load-balancing',
  title: 'Switch in-cluster load balancing on and restart Terway',
  does: 'switch in-cluster load balancing on in Terway’s config',
  impact: TERWAY_IMPACT,
  intent: 'terway-in-cluster-load-balancing',
  fixes: [
    'terway-in-cluster-load-balancing.off',
    'terway-in-cluster-load-balancing.misplaced',
    'terway-in-cluster-load-balancing.invalid',
  ],
  risk: 'medium',
  undo: 'restore',
  after: 'clear',
  reads: [...terwayPlanReads, { group: '', resource: 'pods/log', verbs: ['get'], namespace: 'kube-system' }],
  writes: terwayWrites,
  params: z.strictObject({}),

  async plan(reader) {
    const target = await gatherTerwayTarget(reader);
    refuseWithoutEffect(target);
    if (target.config.inClusterLoadBalancing) return { changes: [], warnings: [] };
    const from = target.configMap.data[KEY] ?? null;
    const stray = target.config.misplaced.includes(KEY)
      ? [`The key also stands inside eni_conf, where nothing reads it; it is left there.`]
      : [];
    return {
      changes: [{ verb: 'set', about: eniConfigMap, path: ['data', KEY], from, to: 'true' }, target.roll],
      warnings: [...target.restart.warnings, ...stray],
      risk: target.restart.risk,
    };
  },
  prove: (reader, { nodes, since }) =>
    provePolicyLog(reader, { nodes, since, line: /enable-in-cluster-loadbalance=['"]?true/ }),
});

function refuseWithoutEffect({ identity, daemonSet, config }: TerwayTarget): void {
  if (daemonSet === 'terway-eni' || config.acceleration === 'none')
    throw refuse(
      'Without IPvlan or DataPath V2 this setting has no effect and is not needed: kube-proxy does it already.',
    );
  if (config.acceleration === undefined)
    throw refuse(
      'Terway’s data path could not be read from eni-config; the setting works with IPvlan and DataPath V2 only.',
    );
  const version = identity.terway?.version;
  if (version === undefined || !isAtLeast(version, SINCE))
    throw refuse(
      `In-cluster load balancing needs Terway ${SINCE}; ${version === undefined ? 'the image tag here tells no version' : 'this one is older'}.`,
      'Upgrade Terway first.',
    );
}
