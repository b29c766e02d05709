import { describe, expect, it } from '@jest/globals';
import type { AnswerFacts } from '../../src/intents/answer-facts.js';
import { composeAnswer } from '../../src/intents/compose-answer.js';
import { fitPassages } from '../../src/intents/passages/fit-passages.js';
import { entryOf, entryText } from './entry-text.js';

const intentWith = (body: string) => entryOf('node-taint', entryText({}, body));
const factsOf = (facts: Partial<AnswerFacts>): AnswerFacts => ({
  name: 'prod-a',
  versions: {},
  ageSeconds: 5,
  ...facts,
});
const solution = (markdown: string, facts?: AnswerFacts) =>
  composeAnswer(intentWith(`## Solution\n\n${markdown}\n`), facts);
const block = (conditions: string) => `Before.\n\n:::when ${conditions}\nInside.\n:::\n\nAfter.`;

describe('composeAnswer', () => {
  it.each([
    ['flavor=managed', 'On a managed cluster'],
    ['flavor=dedicated', 'On a dedicated cluster'],
    ['plugin=terway', 'With Terway'],
    ['plugin=flannel', 'With Flannel'],
    ['terway-daemonset=terway-eniip', 'With shared ENI (terway-eniip)'],
    ['terway-daemonset=terway-eni', 'With exclusive ENI (terway-eni)'],
    ['runtime=docker', 'With Docker'],
    ['runtime=containerd', 'With containerd'],
    ['terway>=1.11.0', 'Terway 1.11.0 and later'],
    ['flannel<0.15.1.11', 'Flannel before 0.15.1.11'],
    ['kubernetes<1.26', 'Kubernetes before 1.26.0'],
    ['plugin=terway terway>=1.8', 'With Terway, Terway 1.8.0 and later'],
  ])('labels a block on %s where no cluster is known', (conditions, label) => {
    expect(solution(block(conditions))).toEqual({
      sections: [{ name: 'Solution', markdown: `Before.\n\n**${label}:** Inside.\n\nAfter.` }],
      omitted: [],
    });
  });

  it.each<[string, Partial<AnswerFacts>]>([
    ['flavor=dedicated', { flavor: 'dedicated' }],
    ['plugin=flannel', { plugin: 'flannel' }],
    ['terway-daemonset=terway-eni', { terwayDaemonSet: 'terway-eni' }],
    ['runtime=containerd', { runtime: 'containerd' }],
    ['terway>=1.11.0', { versions: { terway: [1, 11, 0, 0] } }],
    ['terway<1.11.0', { versions: { terway: [1, 10, 9, 9] } }],
    ['flannel>=0.15.1.11', { versions: { flannel: [0, 15, 1, 12] } }],
  ])('shows a block on %s without ado where it holds', (conditions, facts) => {
    expect(solution(block(conditions), factsOf(facts))).toEqual({
      sections: [{ name: 'Solution', markdown: 'Before.\n\nInside.\n\nAfter.' }],
      omitted: [],
    });
  });

  it.each<[string, Partial<AnswerFacts>, string, string]>([
    ['flavor=dedicated', { flavor: 'managed' }, 'On a dedicated cluster', 'prod-a is a managed cluster'],
    ['plugin=flannel', { plugin: 'terway' }, 'With Flannel', 'prod-a uses Terway'],
    [
      'terway-daemonset=terway-eni',
      { terwayDaemonSet: 'terway-eniip' },
      'With exclusive ENI (terway-eni)',
      'prod-a runs terway-eniip',
    ],
    [
      'terway-daemonset=terway-eni',
      { plugin: 'flannel' },
      'With exclusive ENI (terway-eni)',
      'prod-a uses Flannel',
    ],
    ['runtime=docker', { runtime: 'containerd' }, 'With Docker', 'the nodes of prod-a run containerd'],
    [
      'kubernetes>=1.26',
      { versions: { kubernetes: [1, 24, 6, 0] } },
      'Kubernetes 1.26.0 and later',
      'prod-a runs Kubernetes 1.24.6',
    ],
    [
      'flannel<0.15.1.11',
      { versions: { flannel: [0, 15, 1, 11] } },
      'Flannel before 0.15.1.11',
      'prod-a runs Flannel 0.15.1.11',
    ],
    [
      'flavor=managed runtime=docker',
      { runtime: 'containerd' },
      'On a managed cluster, With Docker',
      'the nodes of prod-a run containerd',
    ],
  ])('leaves out a block on %s and says why', (conditions, facts, about, why) => {
    expect(solution(block(conditions), factsOf(facts))).toEqual({
      sections: [{ name: 'Solution', markdown: 'Before.\n\nAfter.' }],
      omitted: [{ section: 'Solution', about, why }],
    });
  });

  it('labels only what the facts leave open', () => {
    const { sections } = solution(block('flavor=managed runtime=docker'), factsOf({ flavor: 'managed' }));
    expect(sections[0]?.markdown).toContain('**With Docker:** Inside.');
  });

  it('drops a section of which nothing is left, and names equal omissions once', () => {
    const intent = intentWith(
      '## Solution\n\nDo it.\n\n## More\n\n:::when runtime=docker\na\n:::\n:::when runtime=docker\nb\n:::\n',
    );
    const answer = composeAnswer(intent, factsOf({ runtime: 'containerd' }));
    expect(answer.sections.map(({ name }) => name)).toEqual(['Solution']);
    expect(answer.omitted).toHaveLength(1);
  });

  it('puts the label of a lone caution into it', () => {
    const { sections } = solution(':::when runtime=docker\n> **Caution:** Hot.\n:::\n\nAfter.');
    expect(sections[0]?.markdown).toBe('> **With Docker:** **Caution:** Hot.\n\nAfter.');
  });

  it.each([
    ['steps', '1. One\n2. Two', '1. Do\n2. Go'],
    ['a command', 'Run:\n```bash\nls\n```', 'Then look.'],
    ['a list', '- a', 'The rest.'],
  ])('says where a labelled block of %s ends', (_what, inside, after) => {
    const { sections } = solution(`:::when runtime=docker\n${inside}\n:::\n\n${after}`);
    expect(sections[0]?.markdown).toBe(`**With Docker**\n\n${inside}\n\n**In any case**\n\n${after}`);
  });

  it('says so once after several labelled blocks, and not where the cluster is known', () => {
    const variants =
      ':::when runtime=docker\n- a\n:::\n\n:::when runtime=containerd\n- b\n:::\n\nBoth.\n\nAll.';
    expect(solution(variants).sections[0]?.markdown.match(/In any case/g)).toHaveLength(1);
    expect(solution(variants, factsOf({ runtime: 'docker' })).sections[0]?.markdown).toBe(
      '- a\n\nBoth.\n\nAll.',
    );
  });

  it('keeps the indentation of a block inside a list', () => {
    const { sections } = solution('1. First\n\n   :::when runtime=docker\n   `docker ps`\n   :::\n2. Second');
    expect(sections[0]?.markdown).toBe('1. First\n\n   **With Docker:** `docker ps`\n\n2. Second');
  });

  it('reads conditions in a code fence as text', () => {
    const fence = '```text\n:::when flavor=huge\n:::\n```';
    expect(solution(fence).sections[0]?.markdown).toBe(fence);
  });

  it('fills placeholders from the facts, else with what is usual', () => {
    const text =
      'kubectl get ds {{terway-daemonset}} {{kube-proxy-daemonset}} {{cluster}} {{.metadata.name}}';
    expect(solution(text).sections[0]?.markdown).toBe(
      'kubectl get ds terway-eniip kube-proxy-worker,kube-proxy-master <cluster> {{.metadata.name}}',
    );
    const terway = factsOf({ terwayDaemonSet: 'terway-eni', flavor: 'managed' });
    expect(solution(text, terway).sections[0]?.markdown).toBe(
      'kubectl get ds terway-eni kube-proxy-worker prod-a {{.metadata.name}}',
    );
    expect(solution(text, factsOf({ flavor: 'dedicated' })).sections[0]?.markdown).toBe(
      'kubectl get ds terway-eniip kube-proxy-worker,kube-proxy-master prod-a {{.metadata.name}}',
    );
  });
});

describe('an entry about one network plugin', () => {
  const plugin = '{ only: flannel, otherwise: "Terway is not concerned." }';
  const body = '## Symptom\n\nRed.\n\n## Solution\n\nDo it.\n\n## More\n\n`rm -rf /etc/cni/`\n';
  const entry = entryOf('node-taint', entryText({ plugin }, body));
  const note = '**Flannel only.** Terway is not concerned.';

  it('begins with that where no cluster is known', () => {
    expect(composeAnswer(entry).sections).toEqual([
      { name: 'Symptom', markdown: `${note}\n\nRed.` },
      { name: 'Solution', markdown: 'Do it.' },
      { name: 'More', markdown: '`rm -rf /etc/cni/`' },
    ]);
  });

  it('shows nothing else to a cluster with the other plugin', () => {
    const facts = factsOf({ plugin: 'terway' });
    expect(composeAnswer(entry, facts)).toEqual({
      sections: [{ name: 'Solution', markdown: note }],
      omitted: [{ section: 'Solution', about: 'With Flannel', why: 'prod-a uses Terway' }],
    });
    expect(fitPassages(entry, facts).map(({ kinds, markdown }) => [...kinds, markdown])).toEqual([
      ['applies-to', note],
    ]);
  });

  it('does not mention it to a cluster with its plugin', () => {
    const { sections, omitted } = composeAnswer(entry, factsOf({ plugin: 'flannel' }));
    expect(sections[0]).toEqual({ name: 'Symptom', markdown: 'Red.' });
    expect(omitted).toEqual([]);
  });
});
