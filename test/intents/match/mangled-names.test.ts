import { beforeAll, describe, expect, it } from '@jest/globals';
import { rankedIds } from '../../../src/intents/evaluation/evaluate.js';
import { buildAnalyzer } from '../../../src/intents/match/words/build-analyzer.js';
import { createFindMangled, type FindMangled } from '../../../src/intents/match/words/mangled-names.js';
import { type OpenKnowledge, openKnowledge } from '../open-knowledge.js';

let knowledge: OpenKnowledge;
let find: FindMangled;
let correct: (word: string) => string | undefined;
beforeAll(async () => {
  knowledge = await openKnowledge();
  const { lexicon } = buildAnalyzer(knowledge.intents, knowledge.data);
  find = createFindMangled(knowledge.data.vocabulary.subjects, lexicon);
  correct = (word) => lexicon.correct(word);
});

/** Names written by ear: the first letters differ, where correction does not look. */
const MANGLED: readonly (readonly [slip: string, concept: string])[] = [
  ['konntrack', 'conntrack'],
  ['kontrak', 'conntrack'],
  ['contraq', 'conntrack'],
  ['vlannel', 'flannel'],
  ['derway', 'terway'],
  ['ostport', 'hostport'],
  ['kalico', 'calico'],
  ['silium', 'cilium'],
  ['harepin', 'hairpin'],
  ['koredns', 'dns'],
];

describe('a name that correction leaves', () => {
  it.each(MANGLED)('is found with Fuse: %s is %s', (slip, concept) => {
    expect(correct(slip)).toBeUndefined();
    expect(find(slip)).toBe(concept);
  });

  it.each([
    ...['kubernetes', 'jenkins', 'elasticsearch', 'spreadsheet', 'birthday', 'payroll', 'grafana'],
    ...['karpenter', 'telegraf', 'opensearch', 'snowflake', 'velero', 'zzzzzzzz', 'flannel', 'meeting'],
  ])('is not read into %s', (word) => {
    expect(find(word)).toBeUndefined();
  });

  it.each([
    ['konntrack', 'conntrack-limit', 'NAME is ful on two nodes'],
    ['silium', 'third-party-plugins', 'may I instal NAME on ack'],
  ])('%s leads to %s, and would be lost as any strange word is', (slip, id, text) => {
    const placed = knowledge.matcher.match(text.replace('NAME', slip));
    expect(placed.kind).not.toBe('unplaced');
    expect(rankedIds(placed)[0]).toBe(id);
    expect(knowledge.matcher.match(text.replace('NAME', 'zyqxulmq')).kind).toBe('unplaced');
  });
});
