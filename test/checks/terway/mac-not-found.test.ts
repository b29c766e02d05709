import { macNotFound } from '../../../src/checks/terway/mac-not-found.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { count, form } from '../../../src/texts/count.js';
import { describeCheck } from '../../support/describe-check.js';
import { fixture } from '../../support/kube-objects.js';
import { event, pod, terwayNode } from '../../support/terway-objects.js';

const set = fixture('01-daemonset-terway-eniip');
const MAC = '00:16:3e:12:34:01';
const missing = (about: string, at?: string): JsonObject =>
  event(`failed to do add; error parse config, can't found dev by mac ${MAC}: not found`, {
    about,
    reason: 'FailedCreatePodSandBox',
    ...(at !== undefined && { at }),
  });
const lasting = (pods: number, node = 'n1'): string =>
  `lasting: ${count(pods, 'pod')} on node ${node} ${form(pods, 'has', 'have')} failed for 60 min because a network card does not appear (MAC ${MAC}). Its driver most likely failed to load: drain the node and restart the instance.`;
const passed = (pods: number): string =>
  `transient: ${count(pods, 'pod')} met a network card that was not loaded yet, and got ${form(pods, 'its network later or is', 'their network later or are')} gone: the CNI retries by itself.`;

describeCheck(macNotFound, {
  'stays quiet where no pod reports it': {
    objects: [set, pod('web-0', { ip: '10.0.40.2' })],
    outcome: 'clear',
  },
  'stays quiet about pods that wait for another reason': {
    objects: [set, pod('web-0'), event('cmdAdd: error alloc ip rpc error', { about: 'web-0' })],
    outcome: 'clear',
  },
  'finds pods that still wait long after it': {
    objects: [set, pod('web-0'), pod('web-1'), missing('web-0'), missing('web-0'), missing('web-1')],
    outcome: 'found',
    finds: [lasting(2)],
    evidence: [`Event FailedCreatePodSandBox on Pod shop/web-0: failed to do add`],
  },
  'finds each node apart': {
    objects: [set, pod('web-0'), pod('web-1', { node: 'n2' }), missing('web-0'), missing('web-1')],
    outcome: 'found',
    finds: [lasting(1), lasting(1, 'n2')],
  },
  'shows that the cloud did attach the card': {
    objects: [
      set,
      pod('web-0'),
      missing('web-0'),
      terwayNode('n1', { interfaces: [{ vSwitch: 'vsw-a', mac: MAC }] }),
    ],
    outcome: 'found',
    finds: [lasting(1)],
    evidence: [`status.networkInterfaces["eni-n1-0"]: macAddress ${MAC}, status InUse`],
  },
  'finds it in an event that names no MAC': {
    objects: [set, pod('web-0'), event("can't found dev by mac : not found", { about: 'web-0' })],
    outcome: 'found',
    finds: [lasting(1).replace(MAC, 'not told')],
  },
  'advises only where the pod got its network later': {
    objects: [set, pod('web-0', { ip: '10.0.40.2' }), missing('web-0')],
    outcome: 'clear',
    finds: [passed(1)],
  },
  'advises only where the pod is gone': {
    objects: [set, missing('web-0')],
    outcome: 'clear',
    finds: [passed(1)],
  },
  'waits a little before it calls it lasting': {
    objects: [
      set,
      pod('web-0', { createdAt: '2026-11-24T02:58:00Z' }),
      missing('web-0', '2026-11-24T02:59:00Z'),
    ],
    outcome: 'unknown',
    says: 'look again later: shop/web-0',
  },
  'does not blame a card that was last missed a while ago for what the pod waits for now': {
    objects: [set, pod('web-0'), missing('web-0', '2026-11-24T02:20:00Z')],
    outcome: 'unknown',
    says: 'they may wait for something else: shop/web-0',
  },
  'does not call it over for a pod without a creation time': {
    objects: [set, pod('web-0', { createdAt: '' }), missing('web-0')],
    outcome: 'unknown',
  },
  'takes events older than an hour for history': {
    objects: [set, pod('web-0', { ip: '10.0.40.2' }), missing('web-0', '2026-11-24T01:30:00Z')],
    outcome: 'clear',
  },
  'proves nothing after a fix while the pod still waits in silence': {
    objects: [set, pod('web-0'), missing('web-0')],
    since: '2026-11-24T02:55:00Z',
    outcome: 'unknown',
    says: 'have not reported it again since, so they may wait for something else: shop/web-0',
  },
  'finds it again after a fix by a newer event': {
    objects: [set, pod('web-0'), missing('web-0', '2026-11-24T02:58:00Z')],
    since: '2026-11-24T02:55:00Z',
    outcome: 'found',
    finds: [lasting(1)],
  },
  'cannot tell when events may not be listed': {
    objects: [set],
    forbidden: ['events'],
    outcome: 'unknown',
    says: 'events',
  },
  'does not apply to Flannel': {
    objects: [fixture('06-daemonset-kube-flannel-ds')],
    outcome: 'not-applicable',
  },
});
