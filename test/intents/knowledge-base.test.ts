import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { shinglesOf, similarity } from '../../bench/match/measure/shingles.js';
import type { AnswerFacts } from '../../src/intents/answer-facts.js';
import { composeAnswer } from '../../src/intents/compose-answer.js';
import { danglingIds } from '../../src/intents/dangling-ids.js';
import { rankedIds } from '../../src/intents/evaluation/evaluate.js';
import type { Intent } from '../../src/intents/intent.js';
import { type OpenKnowledge, openKnowledge } from './open-knowledge.js';

const linesOf = (file: string): string[] =>
  readFileSync(path.resolve('test/intents', file), 'utf8').split('\n').filter(Boolean);

let knowledge: OpenKnowledge;
let intents: readonly Intent[];
beforeAll(async () => {
  knowledge = await openKnowledge();
  intents = knowledge.intents;
});

describe('the knowledge base', () => {
  it('has one entry for each of the FAQ', () => {
    const ids = new Set(intents.map(({ id }) => id));
    expect(linesOf('faq-ids.txt').filter((id) => !ids.has(id))).toEqual([]);
  });

  it('names a page among its links as the source of an entry that the FAQ lacks', () => {
    const ofFaq = new Set(linesOf('faq-ids.txt'));
    const baseless = intents
      .filter(({ id, source, links }) => !ofFaq.has(id) && !links.some(({ url }) => url === source))
      .map(({ id }) => id);
    expect(baseless).toEqual([]);
  });

  it('links only to pages that are known to exist', () => {
    const known = new Set(linesOf('known-links.txt'));
    const unknown = intents.flatMap(({ id, links }) =>
      links.filter(({ url }) => !known.has(url)).map(({ url }) => `${id}: ${url}`),
    );
    expect(unknown).toEqual([]);
  });

  it('says what to do where acknet itself can do nothing', () => {
    const mute = intents.filter(
      ({ checks, remediations, blind }) => checks.length + remediations.length === 0 && blind === undefined,
    );
    expect(mute.map(({ id }) => id)).toEqual([]);
  });

  it('recognises each error text by its own entry, alone and inside a log', () => {
    const noise =
      'Normal  Scheduled  5m  default-scheduler  Successfully assigned shop/web to node-3\n'.repeat(40);
    const missed = intents.flatMap(({ id, errors }) =>
      errors.flatMap((error) => {
        const text = error.replaceAll('…', 'vsw-2ze0');
        return [text, `help?\n${noise}Warning  Failed  2m  kubelet  ${text}\n${noise}`]
          .map((message) => knowledge.matcher.match(message))
          .filter((match) => match.kind === 'unplaced' || !rankedIds(match).slice(0, 2).includes(id))
          .map((match) => `${id}: ${error} -> ${match.kind} ${rankedIds(match).join()}`);
      }),
    );
    expect(missed).toEqual([]);
  });

  it('holds no phrasing that is nearly a question of the evaluation set', () => {
    const evaluation = linesOf('evaluation-fingerprints.txt').map(
      (line) => new Set(line.split(' ').map(Number)),
    );
    const isCopied = (text: string): boolean => {
      const shingles = shinglesOf(text);
      return evaluation.some((one) => similarity(shingles, one) >= 0.6);
    };
    const copied = intents.flatMap(({ id, ask }) => ask.filter(isCopied).map((text) => `${id}: ${text}`));
    expect(copied).toEqual([]);
  });

  it('says each phrasing of one entry only', () => {
    const owners = new Map<string, string>();
    const shared = intents.flatMap(({ id, ask }) =>
      ask.filter(
        (text) => (owners.get(text.toLowerCase()) ?? id) !== id || !owners.set(text.toLowerCase(), id),
      ),
    );
    expect(shared).toEqual([]);
  });
});

const clusters: readonly (AnswerFacts | undefined)[] = [
  undefined,
  {
    name: 'managed-terway',
    plugin: 'terway',
    flavor: 'managed',
    terwayDaemonSet: 'terway-eniip',
    runtime: 'containerd',
    versions: { terway: [1, 12, 0, 0], kubernetes: [1, 31, 0, 0] },
    ageSeconds: 3,
  },
  {
    name: 'old-terway',
    plugin: 'terway',
    flavor: 'dedicated',
    terwayDaemonSet: 'terway-eni',
    runtime: 'docker',
    versions: { terway: [1, 0, 10, 301], kubernetes: [1, 16, 9, 0] },
    ageSeconds: 3,
  },
  {
    name: 'flannel',
    plugin: 'flannel',
    flavor: 'managed',
    versions: { flannel: [0, 15, 1, 4], kubernetes: [1, 22, 0, 0] },
    ageSeconds: 3,
  },
];

describe.each(clusters.map((facts) => [facts?.name ?? 'an unknown cluster', facts] as const))(
  'answers for %s',
  (_name, facts) => {
    it('keep a solution, and no directive or placeholder', () => {
      const faulty = intents.flatMap((intent) => {
        const { sections } = composeAnswer(intent, facts);
        const text = sections.map(({ markdown }) => markdown).join('\n');
        const whole =
          sections.some(({ name }) => name === 'Solution') && !/^\s*:::|\{\{[a-z-]+\}\}/m.test(text);
        return whole ? [] : [intent.id];
      });
      expect(faulty).toEqual([]);
    });

    it('leave something out only where the cluster is known, and say why', () => {
      const omitted = intents.flatMap((intent) => composeAnswer(intent, facts).omitted);
      expect(omitted.length > 0).toBe(facts !== undefined);
      expect(omitted.filter(({ about, why }) => about === '' || !why.includes(facts?.name ?? '?'))).toEqual(
        [],
      );
    });
  },
);

describe('danglingIds', () => {
  it('names each id that nobody has, with its entry and file', () => {
    const intent = { ...(intents[0] as Intent), checks: ['a', 'b'], remediations: ['c'] };
    expect(danglingIds([intent], { checks: new Set(['a']), remediations: new Set() })).toEqual([
      { intent: intent.id, file: intent.file, kind: 'check', id: 'b' },
      { intent: intent.id, file: intent.file, kind: 'remediation', id: 'c' },
    ]);
  });
});
