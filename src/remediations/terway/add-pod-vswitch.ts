import { z } from 'zod';
import { zoneOf } from '../../checks/node-kinds.js';
import { inPrefixMode } from '../../checks/terway/address-supply.js';
import { vSwitchCountActions } from '../../checks/terway/cloud/count-vswitches.js';
import { DYNAMIC_LABEL } from '../../checks/terway/dynamic-configs.js';
import { podVSwitches } from '../../checks/terway/terway-config.js';
import { defineRemediation } from '../define-remediation.js';
import { setJsonProperty } from '../documents/set-json-property.js';
import { refuse } from '../refuse.js';
import {
  eniConfigMap,
  gatherTerwayTarget,
  TERWAY_IMPACT,
  type TerwayTarget,
  terwayPlanReads,
  terwayWrites,
} from './terway-target.js';
import { seenVSwitches } from './seen-vswitches.js';
import { spareVSwitches, verifyVSwitch } from './vswitch-in-cloud.js';

/** Source: FAQ "What should I do if a vSwitch runs out of IP resources in Terway network mode?". */
export const addPodVswitch = defineRemediation({
  id: 'add-pod-vswitch',
  title: 'Add a pod vSwitch and restart Terway',
  does: 'add vSwitch {vSwitch} for zone {zone} to Terway’s config',
  impact: TERWAY_IMPACT,
  intent: 'vswitch-ip-exhausted',
  fixes: [
    'vswitch-addresses-exhausted.exhausted',
    'pod-ip-outside-vswitch.zoneWithout',
    'pod-ip-outside-vswitch.zoneFails',
  ],
  risk: 'medium',
  undo: 'partial',
  after: 'settles',
  reads: terwayPlanReads,
  writes: terwayWrites,
  cloudActions: vSwitchCountActions,
  params: z.strictObject({
    vSwitch: z
      .string()
      .regex(/^vsw-[a-z0-9]{6,32}$/, 'a vSwitch id such as vsw-bp1aevy8sofi8mh1q5z01')
      .meta({ title: 'New vSwitch', description: 'Its id, as the VPC console shows it: vsw-…' }),
    zone: z
      .string()
      .regex(/^[a-z]{2}-[a-z0-9-]{2,40}$/, 'a zone id such as cn-hangzhou-i')
      .meta({ title: 'Zone', description: 'One that this cluster has nodes in.' }),
  }),

  async known(reader, { data, cloud }) {
    const { nodes, config } = await gatherTerwayTarget(reader);
    const zones = [...new Set(nodes.map(zoneOf).filter((zone) => zone !== ''))].sort();
    const listed = podVSwitches(config.daemon);
    const lines = [...listed].map(([zone, ids]) => `${zone}: ${ids.join(', ')}`);
    const zone = typeof data.zone === 'string' ? data.zone : zones.length === 1 ? zones[0] : undefined;
    const wanted = {
      zones: zone === undefined ? zones : [zone],
      listed: new Set([...listed.values()].flat()),
    };
    const spent = typeof data.vSwitch === 'string' ? data.vSwitch : undefined;
    const offered =
      (await spareVSwitches(cloud, { ...wanted, need: needOf(config) })) ??
      (await seenVSwitches(reader, { ...wanted, nodes, spent }));
    return {
      zone: { choices: zones, now: zone },
      vSwitch: offered ?? { hint: lines.length === 0 ? undefined : `Listed now: ${lines.join('; ')}` },
    };
  },

  async plan(reader, { params: { vSwitch, zone }, cloud }) {
    const target = await gatherTerwayTarget(reader);
    const zones = podVSwitches(target.config.daemon);
    if (zones.get(zone)?.includes(vSwitch)) return { changes: [], warnings: [] };
    refuseUnfit(target, zones, { vSwitch, zone });
    const seen = await verifyVSwitch(cloud, { vSwitch, zone, need: needOf(target.config) });
    const from = target.configMap.data.eni_conf ?? '';
    const listed = zones.get(zone);
    const path = listed === undefined ? ['vswitches', zone] : ['vswitches', zone, listed.length];
    const to = setJsonProperty(from, { path, value: listed === undefined ? [vSwitch] : vSwitch });
    if (to === undefined) throw refuse('eni_conf could not be edited without touching the rest of it.');
    return {
      changes: [{ verb: 'edit-document', about: eniConfigMap, key: 'eni_conf', from, to }, target.roll],
      warnings: [
        seen,
        ...warningsFor(target, { vSwitch, zone }, listed === undefined),
        ...target.restart.warnings,
      ],
      risk: target.restart.risk,
    };
  },
  concerns: ({ data }, { params: { zone } }) => data.zone === undefined || data.zone === zone,
});

/** Terway takes a block of 16 addresses in prefix mode, else one by one. */
const needOf = (config: TerwayTarget['config']): number => (inPrefixMode(config) ? 16 : 1);

interface Addition {
  readonly vSwitch: string;
  readonly zone: string;
}

function refuseUnfit(
  { nodes, config }: TerwayTarget,
  zones: ReadonlyMap<string, readonly string[]>,
  { vSwitch, zone }: Addition,
): void {
  const elsewhere = [...zones].find(([, list]) => list.includes(vSwitch));
  if (elsewhere) throw refuse(`${vSwitch} is listed already, for zone ${elsewhere[0]}.`);
  const present = [...new Set(nodes.map(zoneOf).filter(Boolean))].sort();
  if (!present.includes(zone))
    throw refuse(
      `No node of this cluster is in zone ${zone}; its nodes are in ${present.join(', ') || 'no readable zone'}.`,
    );
  const { vswitches } = config.daemon ?? {};
  if (typeof vswitches !== 'object' || vswitches === null || Array.isArray(vswitches) || zones.size === 0)
    throw refuse(
      'eni_conf lists no pod vSwitches, so Terway takes those of the nodes: adding the first one would change every node.',
      'Set the pod vSwitches of every zone in the console (Add-ons, Terway).',
    );
  const listed = (vswitches as Record<string, unknown>)[zone];
  if (listed !== undefined && !(Array.isArray(listed) && listed.every((entry) => typeof entry === 'string')))
    throw refuse(`vswitches["${zone}"] in eni_conf is no list of ids.`);
}

function warningsFor({ nodes }: TerwayTarget, { vSwitch, zone }: Addition, first: boolean): string[] {
  const overridden = nodes.filter((node) => zoneOf(node) === zone && node.labels[DYNAMIC_LABEL]);
  return [
    `Pods with an address from ${vSwitch} have no Internet access until its SNAT entry exists: add it to the NAT gateway.`,
    'Only ENIs created from now on use it. A node whose ENIs are all in use keeps its old vSwitches: such nodes must be drained and replaced.',
    ...(first
      ? [`Zone ${zone} had no pod vSwitch: its nodes took the one of their primary ENI, and no longer will.`]
      : []),
    ...(overridden.length > 0
      ? [
          `Nodes with their own list (label ${DYNAMIC_LABEL}) do not take it: ${overridden.map(({ name }) => name).join(', ')}.`,
        ]
      : []),
    'Add it in the console too (Add-ons, Terway, PodVswitchId): an upgrade of Terway writes the console’s list back.',
  ];
}
