import { describe, expect, it } from '@jest/globals';
import { nameCluster } from '../../../src/slack/questions/name-cluster.js';
import { questionText } from '../../../src/slack/questions/question-text.js';

describe('the words of a Slack message', () => {
  it.each([
    ['<@U0BOT> why is node-3 not ready?', 'why is node-3 not ready?'],
    ['<@U0BOT|acknet> <!here> <!subteam^S1|@netops> hi', 'hi'],
    [
      'see <#C0OPS|ops> and <https://x.y/a|the page> or <https://x.y/b>',
      'see ops and the page or https://x.y/b',
    ],
    ['error: `a_b &lt;nil&gt;` :fire: *help* _me_', 'error: a_b <nil>   help me'],
    ['&gt; quoted line\nmine', 'quoted line\nmine'],
    [
      '```\nno IP addresses available in range set: 10.0.0.1-10.0.0.62\n```',
      'no IP addresses available in range set: 10.0.0.1-10.0.0.62',
    ],
    ['为什么 Pod 没有 IP？', '为什么 Pod 没有 IP？'],
    ['net.netfilter.nf_conntrack_max * 2', 'net.netfilter.nf_conntrack_max * 2'],
    ['   ', ''],
    ['<@U0BOT> :+1: :tada:', ':+1: :tada:'],
  ])('%j are %j', (slack, words) => {
    expect(questionText(slack)).toBe(words);
  });

  it('are bounded for any paste, quickly', () => {
    expect(questionText(`<${'&lt;<@U1>*`'.repeat(40_000)}`).length).toBeLessThanOrEqual(12_000);
  });
});

describe('the cluster that a question names', () => {
  const clusters = ['prod', 'prod-eu', 'cluster-x'];
  it.each([
    ['why on prod-eu?', 'prod-eu'],
    ['PROD has no IPs', 'prod'],
    ['in production nothing works', undefined],
    ['cluster-xy', undefined],
    ['(cluster-x)', 'cluster-x'],
  ])('in "%s" is %s', (text, cluster) => {
    expect(nameCluster(text, clusters)).toBe(cluster);
  });
});
