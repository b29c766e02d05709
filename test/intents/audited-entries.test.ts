import { beforeAll, describe, expect, it } from '@jest/globals';
import { composeAnswer } from '../../src/intents/compose-answer.js';
import type { Intent, SectionName } from '../../src/intents/intent.js';
import { loadIntents } from '../../src/intents/load-intents.js';

let intents: readonly Intent[];
beforeAll(async () => {
  intents = await loadIntents('intents');
});

const FIRST: ReadonlySet<SectionName> = new Set(['Symptom', 'Cause', 'Solution']);
const whole = (id: string): string => sectionsOf(id, () => true);
const firstMessage = (id: string): string => sectionsOf(id, (name) => FIRST.has(name));
function sectionsOf(id: string, wanted: (name: SectionName) => boolean): string {
  const intent = intents.find((one) => one.id === id);
  if (intent === undefined) throw new Error(`no entry ${id}`);
  return composeAnswer(intent)
    .sections.filter(({ name }) => wanted(name))
    .map(({ markdown }) => markdown)
    .join('\n\n');
}

/** What a first message must have said before a reader comes to the next of these. */
const inOrder: readonly (readonly [what: string, id: string, steps: readonly RegExp[]])[] = [
  [
    'that restarted IPvlan nodes are DataPath V2, beside the values it prints',
    'terway-acceleration-mode',
    [/`ipvlan`/, /v1\.13\.0 on `ipvlan` is not the last word[^\n]*DataPath V2/],
  ],
  [
    'from which Flannel on a missing cniVersion is no fault, before the edit',
    'flannel-cni-version',
    [/v0\.15\.1\.19 and later accept/, /get cm kube-flannel-cfg/, /edit cm kube-flannel-cfg/],
  ],
  [
    'the present value before the edit, and what no longer holds without policies',
    'pod-startup-network-delay',
    [/data\.disable_network_policy/, /no policy in the cluster is enforced/, /edit cm .*eni-config/],
  ],
  [
    'that the controller goes first, then the key and where it is',
    'terway-upgrade-failure',
    [
      /uninstall it first/,
      /"enable_eip_migrate": true` to the JSON of `eni_conf`/,
      /Install `ack-extend-network-controller`/,
    ],
  ],
  [
    'a new headless Service on the container’s port, since the old one cannot be changed',
    'pod-self-access',
    [/Create a \*\*new\*\* Service/, /container's own port/, /cannot be changed to `None`/],
  ],
  [
    'SNAT of its own, then label and taint, and what comes of either alone',
    'whitelist-pod-cidr',
    [/its own SNAT entry/, /node label .* \*\*and\*\* a taint/, /Without the label .* without the taint/],
  ],
  [
    'the simple causes before nodes are rotated',
    'vswitch-expanded-still-no-ip',
    [/simple causes first/, /topology\.kubernetes\.io\/zone/, /Not restarted/, /Rotate the old ones/],
  ],
  [
    'where maxPerCore does nothing, before the edit',
    'conntrack-limit',
    [/`maxPerCore` does nothing/, /edit cm kube-proxy-worker/, /maxPerCore: 131072/, /delete pod/],
  ],
  [
    'where the algorithm changes nothing for pods, before the edit',
    'ipvs-scheduler',
    [/the algorithm changes nothing/, /edit cm kube-proxy-worker/],
  ],
  [
    'where the time-out does nothing for pods, before the edit',
    'ipvs-udp-timeout',
    [/pods do not use IPVS/, /edit cm kube-proxy-worker/],
  ],
  [
    'that it is for Flannel only, and whether it is a leak, before anything is removed',
    'flannel-no-ip-available',
    [/^\*\*Flannel only/, /is it a leak/, /clean-up script/],
  ],
  [
    'which of two causes the event names',
    'node-network-unavailable',
    [/FailedToCreateRoute/, /Quota: the route table is full/, /Instance not found/],
  ],
];

describe('the first message says', () => {
  it.each(inOrder)('%s: %s', (_what, id, steps) => {
    const text = firstMessage(id);
    let from = 0;
    for (const step of steps) {
      const at = text.slice(from).search(step);
      expect([step.source, at >= 0]).toEqual([step.source, true]);
      from += at;
    }
  });
});

describe('an entry', () => {
  it('about a node without a route has nobody remove entries of the route table', () => {
    expect(whole('node-network-unavailable')).not.toMatch(/(remove|delete)[^.]*(route )?entr(y|ies)/i);
  });

  it('takes ConntrackFull for what the monitor means by it: over 90 %, not full', () => {
    expect(whole('conntrack-limit')).toMatch(/`ConntrackFull`[^.]*over 90 %[^.]*not that it is full/);
  });

  it.each(['flannel-no-ip-available', 'flannel-pod-cidr-exhausted'])(
    'that shares its error text with another one tells the two apart, and leads there: %s',
    (id) => {
      const other =
        id === 'flannel-no-ip-available' ? 'flannel-pod-cidr-exhausted' : 'flannel-no-ip-available';
      expect(firstMessage(id)).toMatch(new RegExp(`/26 serves 61 pods[\\s\\S]*\`${other}\``));
    },
  );
});
