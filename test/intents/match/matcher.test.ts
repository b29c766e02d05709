import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { judgeQuestions, rankedIds, summarize } from '../../../src/intents/evaluation/evaluate.js';
import { readQuestions } from '../../../src/intents/evaluation/read-questions.js';
import type { Match, MatchContext } from '../../../src/intents/intent.js';
import { type OpenKnowledge, openKnowledge } from '../open-knowledge.js';

let knowledge: OpenKnowledge;
beforeAll(async () => {
  knowledge = await openKnowledge();
});

const match = (text: string, context?: MatchContext): Match => knowledge.matcher.match(text, context);

describe('match', () => {
  it.each([
    ['InvalidVSwitchId.IpNotEnough, pods hang in ContainerCreating', 'vswitch-ip-exhausted'],
    ['we added a vswitch yesterday, pods on the old nodes still get no ip', 'vswitch-expanded-still-no-ip'],
    ['since I added a vSwitch the pods in it have no internet', 'vswitch-no-internet'],
    [
      'flannel says no ip available in range set but almost no pods run here, leaked?',
      'flannel-no-ip-available',
    ],
    [
      'flannel node range is full of running pods, no leak, want more ips per node',
      'flannel-pod-cidr-exhausted',
    ],
    ['pod is not reachable from the internet by ipv6, inside the vpc it works', 'ipv6-no-inbound-internet'],
    ['pod has no outgoing ipv6 internet access', 'ipv6-no-outbound-internet'],
    ['从公网访问不了 pod 的 ipv6 地址', 'ipv6-no-inbound-internet'],
    ['pod 用 ipv6 访问不了公网', 'ipv6-no-outbound-internet'],
    ['does flannel support IPv6', 'ipv6-dual-stack'],
    ['kubectl shows an ipv4 pod ip in a dual stack cluster', 'ipv6-pod-ip-shown-as-ipv4'],
    [
      'kubectl shows an ipv4 cluster ip for the service in a dual stack cluster',
      'ipv6-cluster-ip-shown-as-ipv4',
    ],
    ['raise nf_conntrack_max, the table is full', 'conntrack-limit'],
    ['lower the udp timeout of ipvs', 'ipvs-udp-timeout'],
    ['chnage ipvs schedulr to least conection', 'ipvs-scheduler'],
    ['how do I chek if our alibaba CNI is in shraed or exclusve NIC mode', 'terway-eni-mode'],
  ])('is sure that "%s" is about %s', (text, id) => {
    expect(match(text)).toMatchObject({ kind: 'sure', best: { id } });
  });

  it.each([
    ['our RDS bill doubled last month'],
    ['how do I resize a persistent volume'],
    ['thanks, that worked!'],
    ['aws vpc cni has no free ENI on my t3.medium'],
    ['the nginx ingress returns 502'],
    ['为什么今天这么热'],
    ['?'],
    [':tada: :tada:'],
    ['<@U024BE7LH> <!channel>'],
    [''],
    ['   \n\t '],
    ['\u0000\ud800'],
  ])('does not place %j', (text) => {
    expect(match(text).kind).toBe('unplaced');
  });

  it('offers no entry of what only Terway has where Flannel is named and nothing else of it', () => {
    const found = match('pod web-1 cannot reach the internet, curl hangs, flannel');
    expect(found.kind).not.toBe('unplaced');
    expect(rankedIds(found).filter((id) => id.startsWith('ipv6-'))).toEqual([]);
  });

  it('reads the same message anew for the plugin of each cluster', () => {
    const text = 'pods get no address any more';
    const asOf = (plugin?: string) => match(text, { plugin });
    const [terway, flannel, any] = [asOf('terway'), asOf('flannel'), asOf()];
    expect(new Set([terway, flannel, any].map((one) => JSON.stringify(one))).size).toBe(3);
    expect([asOf('flannel'), asOf(), asOf('terway')]).toEqual([flannel, any, terway]);
  });

  it('offers two to four candidates where it is torn, best first', () => {
    const texts = readFileSync('bench/match/sets/held-out.jsonl', 'utf8').split('\n').filter(Boolean);
    const torn = texts.map((line) => match((JSON.parse(line) as { text: string }).text)).filter(isTorn);
    expect(torn.length).toBeGreaterThan(5);
    for (const { candidates } of torn) {
      expect(candidates.length).toBeGreaterThanOrEqual(2);
      expect(candidates.length).toBeLessThanOrEqual(4);
      const scores = candidates.map(({ score }) => score);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    }
  });

  it('answers a message of 40,000 letters without reading them one by one', () => {
    const paste = `${'Normal Pulled 5m kubelet image is present on the machine already\n'.repeat(600)}`;
    const buried = `${paste}can't found dev by mac 00:16:3e:01:02:03: not found\n${paste}`;
    expect(rankedIds(match(buried))[0]).toBe('terway-mac-not-found');
    for (const text of ['x'.repeat(40_000), 'a-'.repeat(20_000), 'aB'.repeat(20_000), '> '.repeat(20_000)]) {
      expect(match(text).kind).toBe('unplaced');
    }
  });

  it('finds the Latin terms in a question of another script', () => {
    expect(match('Terway 报错 InvalidVSwitchId.IpNotEnough 怎么办')).toMatchObject({
      kind: 'sure',
      best: { id: 'vswitch-ip-exhausted' },
    });
  });

  it('gives the same answer every time', () => {
    const text = 'pods cannot reach the service they expose themselves';
    expect(match(text)).toEqual(match(text));
  });
});

const isTorn = (one: Match): one is Extract<Match, { kind: 'torn' }> => one.kind === 'torn';

describe('explain', () => {
  it('says which signals spoke for the entry', () => {
    const { entries, match: result } = knowledge.matcher.explain('nf_conntrack: table full, dropping packet');
    expect(result.kind).toBe('sure');
    expect(entries[0]).toMatchObject({ id: 'conntrack-limit' });
    expect(entries[0]?.bySignal['error-text']).toBeGreaterThan(1);
  });

  it('has a fitted weight for every signal and every piece of evidence, and no others', () => {
    const { entries, evidence } = knowledge.matcher.explain('terway');
    const { signals, right, ours } = knowledge.data.weights;
    expect(Object.keys(signals).sort()).toEqual(Object.keys(entries[0]?.bySignal ?? {}).sort());
    expect(Object.keys(right.weights).sort()).toEqual(Object.keys(evidence).sort());
    expect(Object.keys(ours.weights).sort()).toEqual(Object.keys(evidence).sort());
  });
});

describe('the shipped matcher', () => {
  it('keeps its promise on questions it was not fitted to', () => {
    const { questions } = readQuestions(
      readFileSync('bench/match/sets/held-out.jsonl', 'utf8'),
      knowledge.names,
    );
    const figures = summarize(judgeQuestions(knowledge.matcher, questions, () => 0));
    expect(figures.inScope).toBeGreaterThanOrEqual(150);
    expect(figures.top1).toBeGreaterThanOrEqual(0.92);
    expect(figures.top3).toBeGreaterThanOrEqual(0.98);
    expect(figures.answered).toBeGreaterThanOrEqual(0.92);
    expect(figures.wrongSure).toBeLessThanOrEqual(0.03);
    expect(figures.falseSure).toBeLessThanOrEqual(0.04);
    expect(figures.falseTorn).toBeLessThanOrEqual(0.15);
  });
});
