import { nodes } from '../../cluster/views/node.js';
import { pods } from '../../cluster/views/pod.js';
import { defineCheck } from '../judging/define-check.js';
import { podOf } from '../judging/named-path.js';
import { judgePath, pathDecides, pathMessages } from './groups/judge-path.js';
import { type NamedEnds, pathActions, type SeenPath, seePath } from './groups/see-path.js';

type Facts = { readonly [K in keyof NamedEnds]: NamedEnds[K] | undefined };

/** Says nothing until somebody names two ends. Source: FAQ "Why can't pods ping some ECS nodes?"; cloud-api §8, §9. */
export const securityGroups = defineCheck({
  id: 'security-groups',
  title: 'Whether security groups let a pod and an ECS instance reach each other, both named by you',
  area: 'cluster',
  intents: ['pod-cannot-ping-ecs'],
  reads: [
    { group: '', resource: 'pods', verbs: ['list'] },
    { group: '', resource: 'nodes', verbs: ['list'] },
  ],
  cloud: {
    actions: pathActions,
    shows: 'which rule of which security group decides between a pod and an instance that you name',
    settles: ['pod-cannot-ping-ecs'],
    decides: pathDecides,
    asks: (facts: Facts) => isComplete(facts),
    gather: (cloud, facts: Facts): Promise<SeenPath> => seePath(cloud, facts as NamedEnds),
  },
  messages: pathMessages,

  async gather(reader, path): Promise<Facts> {
    if (path === undefined) return { path, pod: undefined, node: undefined };
    const { namespace, name } = podOf(path);
    const [list, hosts] = await Promise.all([reader.list(pods, { namespace }), reader.list(nodes)]);
    const pod = list.find((entry) => entry.name === name);
    return { path, pod, node: hosts.find((host) => host.name === pod?.node) };
  },

  judge(facts, report, { cloud, cloudAsked }) {
    if (facts.path === undefined)
      return report.notApplicable(
        'No two ends were named: check it with --from and --to, a pod as namespace/name and an ECS instance by its id or address.',
      );
    if (!isComplete(facts)) {
      const { namespace, name } = podOf(facts.path);
      return report.unknown('cluster.not-found', `There is no pod ${namespace}/${name} (any more).`);
    }
    if (cloud !== undefined) return judgePath(facts, cloud, report);
    if (!cloudAsked)
      report.unknown(
        'check.no-evidence',
        'Security groups are not in Kubernetes, and the cloud is not connected for this run (docs/cloud.md).',
        pathDecides,
      );
  },
});

const isComplete = (facts: Facts): facts is Facts & NamedEnds =>
  facts.path !== undefined && facts.pod !== undefined;
