import { describe, it } from '@jest/globals';
import type { CheckRun } from '../../src/engine/checking/check-run.js';
import { composeAnswer } from '../../src/intents/compose-answer.js';
import type { Intent } from '../../src/intents/intent.js';
import { progressView } from '../../src/slack/checks/views/progress.js';
import { resultView } from '../../src/slack/checks/views/result.js';
import { answerView } from '../../src/slack/questions/views/answer.js';
import { tornView } from '../../src/slack/questions/views/candidates.js';
import { expectGolden, expectPicture } from '../support/expect-golden.js';
import { sampleClear, sampleFinding, sampleRun } from '../support/sample-run.js';

const golden = (name: string): string => `test/slack/golden/${name}.golden.json`;
const exchange = 'C0OPS-1795400000.000100';

/** An entry of its own, so that rewording the knowledge base changes no picture. */
const intent: Intent = {
  id: 'flannel-cni-version',
  title: 'Nodes NotReady after Flannel was upgraded by hand',
  summary: 'Flannel image upgraded by hand, cniVersion missing',
  area: 'flannel',
  ask: [],
  keywords: [],
  errors: [],
  checks: ['flannel-cni-version'],
  remediations: ['add-flannel-cni-version'],
  links: [{ title: 'Container network FAQ', url: 'https://www.alibabacloud.com/help/en/ack/faq' }],
  source: 'FAQ',
  file: 'intents/flannel/flannel-cni-version.md',
  sections: {
    Symptom: 'Nodes are `NotReady`.',
    Solution:
      '1. Open the configuration:\n\n   ```bash\n   kubectl edit cm kube-flannel-cfg -n kube-system\n   ```\n\n2. Restart Flannel.\n\n:::when flavor=dedicated\nOn the masters too.\n:::\n',
    More: 'Background.',
  },
  passages: [],
};

const finding = {
  id: 'flannel-cni-version.missing',
  check: 'flannel-cni-version',
  severity: 'problem' as const,
  message: 'ConfigMap kube-flannel-cfg has no cniVersion: 2 of 5 nodes are NotReady for that reason.',
  data: {},
  about: { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-flannel-cfg' },
  evidence: [
    { where: 'ConfigMap kube-system/kube-flannel-cfg, data["cni-conf.json"]', value: '{"name": "cb0"}' },
    { where: 'Node a, condition Ready=False', value: 'cni config uninitialized', at: '2026-11-24T02:10:00Z' },
    { where: 'Node b, condition Ready=False', value: 'cni config uninitialized', at: '2026-11-24T02:11:00Z' },
  ],
};

const check = (id: string, outcome: CheckRun['checks'][number]['outcome']): CheckRun['checks'][number] => ({
  ...{ id, title: `Title of ${id}`, area: 'flannel', intents: [id], outcome, findings: [], facts: [] },
});

const run: CheckRun = {
  schema: 1,
  cluster: 'cluster-x',
  startedAt: '2026-11-24T03:00:00Z',
  durationMs: 3210,
  identity: { plugin: { known: true, name: 'flannel' }, flavor: 'managed', dualStack: false },
  checks: [
    { ...check('flannel-cni-version', 'found'), findings: [finding] },
    check('flannel-version', 'clear'),
    {
      ...check('conntrack-limit', 'unknown'),
      unknown: { code: 'cluster.forbidden', detail: 'may not list nodes' },
    },
  ],
};

describe('as it was looked at and found good:', () => {
  it('an answer that knows its cluster', () => {
    const facts = { name: 'cluster-x', flavor: 'managed' as const, versions: {}, ageSeconds: 240 };
    const view = {
      ...{ intent, exchange, answer: composeAnswer(intent, facts), hasOthers: true },
      blind: intent.blind,
      cluster: { name: 'cluster-x', ageSeconds: 240 },
      clusters: ['cluster-x', 'cluster-y'],
      checks: [{ id: 'flannel-cni-version', title: 'The Flannel config names a CNI version' }],
    };
    expectGolden(golden('answer'), answerView(view));
  });

  it('a choice between entries', () => {
    const entries = [intent, { ...intent, id: 'other', title: 'Another entry', summary: 'Something else' }];
    expectGolden(
      golden('torn'),
      tornView({ exchange, entries, clusters: ['cluster-x', 'cluster-y'], tellable: true }),
    );
  });

  it('progress', () => {
    const areas = [
      { area: 'flannel' as const, done: 2, total: 2, found: 1 },
      { area: 'kube-proxy' as const, done: 1, total: 4, found: 0 },
      { area: 'ipv6' as const, done: 0, total: 3, found: 0 },
    ];
    const view = {
      run: 'run-1',
      cluster: 'cluster-x',
      requestedBy: 'U0ANA',
      startedAt: new Date(1_795_489_200_000),
    };
    expectGolden(golden('progress'), progressView({ ...view, progress: { areas } }));
  });

  it('a result', () => {
    const view = {
      ...{ runId: 'run-1', run, requestedBy: 'U0ANA', muted: [], offers: [], blind: 24 },
      changes: { since: '2026-11-23T03:00:00Z', fresh: [], gone: [], unchanged: 1 },
      refusals: [
        { remediation: 'move-flannel-address-store', finding: finding.id, reason: 'The version is too old.' },
      ],
      entries: new Map([[intent.id, intent]]),
    };
    expectGolden(golden('result'), resultView(view));
  });

  it.each<[string, Parameters<typeof sampleRun>[0]]>([
    ['result-shortest', { checks: [sampleClear('flannel-version')], symptoms: [] }],
    [
      'result-longest',
      {
        findings: Array.from({ length: 30 }, (_, n) =>
          sampleFinding({
            id: `check-${n}.bad`,
            message: `Something of kind ${n} is wrong on nodes. And so on.`,
          }),
        ),
        symptoms: Array.from({ length: 30 }, (_, n) => 30 - n),
      },
    ],
  ])('%s, as wide as a phone', (name, sample) => {
    const entries = new Map([[intent.id, intent]]);
    const view = {
      runId: 'run-1',
      run: sampleRun(sample),
      requestedBy: 'U0ANA',
      muted: [],
      offers: [],
      blind: 24,
    };
    const { first, more } = resultView({ ...view, refusals: [], entries });
    expectPicture(`test/slack/golden/${name}.45.txt`, [first, ...more.slice(0, 1)]);
  });
});
