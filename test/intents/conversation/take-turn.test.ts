import { beforeAll, describe, expect, it } from '@jest/globals';
import { type LoadedKnowledge, loadKnowledge } from '../../../src/cli/load-knowledge.js';
import { newThread, type ThreadState } from '../../../src/intents/conversation/conversation.js';

let knowledge: LoadedKnowledge;
beforeAll(async () => {
  knowledge = await loadKnowledge('.');
});

const about = (entry: string): ThreadState => ({ ...newThread, entry, shown: [entry] });
const reply = (text: string, state = newThread, plugin?: string) =>
  knowledge.takeTurn(state, text, { plugin }).reply;

describe('a message in a thread', () => {
  it.each([
    ['and on a dedicated cluster?', 'conntrack-limit'],
    ['how do I undo that', 'kube-proxy-config'],
    ['what about containerd?', 'flannel-no-ip-available'],
    ['is it safe during business hours?', 'kube-proxy-config'],
    ['do I have to restart anything?', 'ipvs-scheduler'],
    ['why does that happen', 'pod-self-access'],
  ])('"%s" goes on about the entry under discussion', (text, entry) => {
    expect(reply(text, about(entry))).toMatchObject({ kind: 'answer', intent: entry });
  });

  it.each([
    ['how do I raise the limit of tracked connections', 'ipvs-scheduler', 'conntrack-limit'],
    ['is hostPort supported with terway', 'vswitch-ip-exhausted', 'hostport-support'],
    ['next question: can I change the service cidr', 'terway-eni-mode', 'change-cidr-after-creation'],
  ])('"%s" is about something else', (text, entry, meant) => {
    const { intent, candidates } = reply(text, about(entry));
    expect(intent).not.toBe(entry);
    expect(intent ?? candidates[0]?.id).toBe(meant);
  });

  it('that follows on is not placed without its thread', () => {
    expect(reply('how do I undo that').kind).not.toBe('answer');
  });

  it.each([
    ['fix?', 'flannel-cni-version', 'step'],
    ['command?', 'terway-eni-mode', 'step'],
    ['can it be enabled later', 'ipv6-dual-stack', 'later-change'],
    ['what can I do', 'vswitch-ip-exhausted', 'step'],
  ])('"%s" asks about it, and is no talk', (text, entry, kind) => {
    const { asked, ...rest } = reply(text, about(entry));
    expect(rest).toMatchObject({ kind: 'answer', intent: entry });
    expect(asked?.kinds).toContain(kind);
  });

  it.each([
    ["it's in our group now, still no answer", 'pod-cannot-ping-ecs'],
    ['that was an hour ago and it still says it', 'terway-mac-not-found'],
    ['did all of it, still no ip', 'vswitch-ip-exhausted'],
    ['rotated one node. same.', 'vswitch-expanded-still-no-ip'],
  ])('"%s" says that it did not help', (text, entry) => {
    expect(reply(text, about(entry))).toMatchObject({ kind: 'answer', intent: entry, stillBroken: 1 });
  });

  it('that only another entry answers offers that entry', () => {
    const { kind, candidates } = reply('and how do I see which one we have', about('terway-network-modes'));
    expect([kind, candidates[0]?.id]).toEqual(['choice', 'terway-eni-mode']);
  });

  it('never gets the whole card again', () => {
    for (const text of ['what do I do now?', 'why?', 'no ip addresses in the vswitch, terway', 'explain it'])
      expect(reply(text, about('vswitch-ip-exhausted'))).toMatchObject({ asked: expect.anything() });
  });
});

describe('two questions in one message of a thread', () => {
  it.each([
    [
      'where do I put the second one, and would it reach the internet?',
      'vswitch-ip-exhausted',
      'vswitch-no-internet',
    ],
    ['how do I set it, and does it count for pods with eBPF?', 'ipvs-scheduler', 'terway-ipvs-bypass'],
    [
      'is it risky, and how many pods can one terway node run at most?',
      'terway-eni-mode',
      'terway-pod-capacity',
    ],
  ])('"%s" are answered with %s, and name %s besides', (text, entry, other) => {
    const { kind, intent, candidates } = reply(text, about(entry));
    expect([kind, intent]).toEqual(['answer', entry]);
    expect(candidates.map(({ id }) => id)).toContain(other);
  });
});

describe('two wishes in one message', () => {
  it.each([
    ['raise conntrack and also lower the udp timeout', 'conntrack-limit', 'ipvs-udp-timeout'],
    ['set ipvs to lc, then raise maxPerCore', 'conntrack-limit', 'ipvs-scheduler'],
    ['我们要调大 conntrack 上限，另外 ipvs 算法改成 lc', 'conntrack-limit', 'ipvs-scheduler'],
    [
      'the vswitch has no free address left, and do pods of a new one reach the internet?',
      'vswitch-ip-exhausted',
      'vswitch-no-internet',
    ],
    [
      'flannel or terway? and may we still swap them next year?',
      'choose-network-plugin',
      'switch-network-plugin',
    ],
  ])('"%s" get one answer and a sentence that names the other', (text, one, other) => {
    const { kind, intent, candidates } = reply(text);
    const named = [intent, ...candidates.map(({ id }) => id)];
    expect(kind).toBe('answer');
    expect(named).toEqual(expect.arrayContaining([one, other]));
  });

  it.each([
    'pods hang in ContainerCreating and the vswitch has 0 addresses, terway',
    'the conntrack table is full and requests time out, what now',
    'flannel nodes are NotReady, and their config has no cniVersion',
  ])('"%s" tells of one: no other is named', (text) => {
    expect(reply(text)).toMatchObject({ kind: 'answer', candidates: [] });
  });

  it('are answered as the whole is where that is clear', () => {
    const text = 'rr piles up on one backend, long lived connections, and also the table of conntrack?';
    expect(reply(text)).toMatchObject({ intent: 'ipvs-scheduler' });
  });
});

describe('the plugin that the cluster runs', () => {
  const text = 'new pods get no IP address';

  it.each([
    ['terway', /^flannel-/],
    ['flannel', /^(terway|vswitch)-/],
  ])('%s rules out the entries about the other one', (plugin, other) => {
    const named = ({ intent, candidates }: ReturnType<typeof reply>) => [
      ...(intent === undefined ? [] : [intent]),
      ...candidates.map(({ id }) => id),
    ];
    expect(named(reply(text)).some((id) => other.test(id))).toBe(true);
    const left = named(reply(text, newThread, plugin));
    expect(left.length).toBeGreaterThan(0);
    expect(left.filter((id) => other.test(id))).toEqual([]);
  });
});

describe('what only the other plugin has', () => {
  it('is answered all the same: the entry says that the cluster has none', () => {
    expect(reply('pod cannot access the internet over ipv6', newThread, 'flannel')).toMatchObject({
      kind: 'answer',
      intent: 'ipv6-no-outbound-internet',
    });
  });

  it('is asked back about where it could be several such entries', () => {
    const { kind, candidates } = reply('ipv6 does not work', newThread, 'flannel');
    expect([kind, candidates.every(({ id }) => id.startsWith('ipv6-'))]).toEqual(['choice', true]);
  });
});

describe('where no entry is about it', () => {
  it('the checks that can see it are named', () => {
    const text =
      'NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized';
    expect(reply(text)).toMatchObject({
      kind: 'unknown',
      suggestChecks: expect.arrayContaining(['node-network-unavailable']),
    });
  });

  it('and no check can see it, none is', () => {
    expect(reply('our RDS bill doubled last month')).toMatchObject({ kind: 'unknown', suggestChecks: [] });
  });
});
