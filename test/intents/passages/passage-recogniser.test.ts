import { beforeAll, describe, expect, it } from '@jest/globals';
import { createStemmer } from '../../../src/intents/match/words/create-stemmer.js';
import { createTranslate } from '../../../src/intents/match/words/translate.js';
import {
  createPassageRecogniser,
  type PassageRecogniser,
} from '../../../src/intents/passages/create-passage-recogniser.js';
import { loadCueWords } from '../../../src/intents/passages/cue-words.js';
import { loadPassageKinds } from '../../../src/intents/passages/passage-kinds.js';
import { type OpenKnowledge, openKnowledge } from '../open-knowledge.js';

let knowledge: OpenKnowledge;
let passages: PassageRecogniser;
beforeAll(async () => {
  knowledge = await openKnowledge();
  const { intents, data } = knowledge;
  passages = createPassageRecogniser({
    ...{ intents, stem: createStemmer(), commonWords: data.commonWords },
    translate: createTranslate(data.vocabulary.chinese),
    kinds: await loadPassageKinds('intents'),
    cueWords: await loadCueWords('intents'),
  });
});

const asked = (question: string, id: string) => {
  const intent = knowledge.intents.find((one) => one.id === id);
  if (intent === undefined) throw new Error(`no entry ${id}`);
  return passages.recognise(question, intent);
};

describe('the passage that a question asks for', () => {
  it.each([
    ['does that restart my pods?', 'kube-proxy-config', 'restart-impact', /interrupts no running service/],
    [
      'is there an outage when kube-proxy restarts',
      'ipvs-scheduler',
      'restart-impact',
      /interrupts no running service/,
    ],
    ['会影响业务吗', 'ipvs-scheduler', 'restart-impact', /interrupts no running service/],
    ['how would I go back to round robin?', 'ipvs-scheduler', 'undo', /take `scheduler` out/],
    ['which other algorithms could I use instead', 'ipvs-scheduler', 'alternatives', /`wrr`/],
    [
      'what is different on a dedicated cluster',
      'ipvs-scheduler',
      'managed-or-dedicated',
      /kube-proxy-master/,
    ],
    ['in which configmap do I set the scheduler?', 'ipvs-scheduler', 'where', /kube-proxy-worker/],
    ['which release of flannel has the fix?', 'flannel-no-ip-available', 'versions', /0\.15\.1\.11/],
    ['how many pods does a /26 serve', 'flannel-no-ip-available', 'limits', /61 pods/],
    ['why do those addresses stay reserved?', 'flannel-no-ip-available', 'cause', /stay reserved/],
    ['how can I find out whether they leaked', 'flannel-no-ip-available', 'check', /leak/],
    ['what should I use instead of it', 'hostport-support', 'alternatives', /Service/i],
    ['can that still be changed later', 'choose-network-plugin', 'later-change', /./],
    ['以后可以修改吗', 'cluster-domain', 'later-change', /./],
    ['of how much big a size', 'whitelist-pod-cidr', 'prerequisites', /twice/],
    ['when it is built already', 'cluster-domain', 'later-change', /only when you create/],
  ])('"%s" of %s is %s', (question, id, kind, text) => {
    const found = asked(question, id);
    expect(found.kinds).toContain(kind);
    expect(found.passage?.markdown).toMatch(text);
  });

  it('is missing where the entry does not say it', () => {
    expect(asked('how do I roll that back?', 'view-cloud-resources')).toEqual({
      kinds: ['undo'],
      passage: undefined,
    });
  });

  it('never comes from the corrections', () => {
    const corrections = knowledge.intents.flatMap(({ id, passages: all }) =>
      all
        .filter(({ section }) => section === 'Corrections')
        .map(({ markdown }) => asked(markdown, id).passage?.section),
    );
    expect(corrections.filter((section) => section === 'Corrections')).toEqual([]);
  });

  it('is sure of a wording that one kind is asked with', () => {
    expect(passages.wording('do I have to reboot the nodes for that?').kind).toBe('restart-impact');
    expect(passages.wording('which namespace').kind).toBe('where');
    expect(passages.wording('xyzzy').share).toBeLessThan(0.2);
  });
});
