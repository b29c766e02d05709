import { beforeAll, describe, expect, it } from '@jest/globals';
import { type LoadedKnowledge, loadKnowledge } from '../../../src/cli/load-knowledge.js';
import { withoutNames } from '../../../src/slack/questions/name-cluster.js';
import { plainText } from '../../support/read-message.js';
import { openQuestionStand } from './question-stand.js';

let knowledge: LoadedKnowledge;
beforeAll(async () => {
  knowledge = await loadKnowledge('.');
});

const names = ['terway-exhausted', 'conntrack-1', 'cluster-x', 'cluster-x-2', 'prod'];

describe('names of clusters', () => {
  it.each([
    ['which vSwitches does terway-exhausted use?', 'which vSwitches does the cluster use?'],
    ['Cluster-X-2 and cluster-x', 'it and it'],
    ['terway-exhausted: terway is exhausted', 'it: terway is exhausted'],
    ['my-terway-exhausted-pod waits', 'my-terway-exhausted-pod waits'],
    ['the pods of prod wait', 'the pods of prod wait'],
  ])('say nothing of what is wrong: %s', (text, without) => {
    expect(withoutNames(text, names)).toBe(without);
  });

  it.each([
    ['terway-exhausted', 'terway', 'which vSwitches does NAME use?', /Which network plugin and vSwitches/],
    [
      'conntrack-1',
      'flannel',
      'nodes of NAME went NotReady after we bumped the flannel image by hand',
      /NotReady/,
    ],
  ] as const)('count for nothing in an answer: %s', async (name, plugin, question, title) => {
    const thread = openQuestionStand(knowledge, plugin, names);
    const { message } = await thread.ask(question.replace('NAME', name));
    expect(message?.text).toMatch(title);
    expect(plainText(message as never)).toContain(name);
  });
});

describe('an error that only the other plugin prints', () => {
  it.each(['IpNotEnough on cluster-x', 'cluster-x: InvalidVSwitchId.IpNotEnough'])(
    'is said to be none of this cluster’s, with what there is instead, and nothing unrelated: %s',
    async (question) => {
      const thread = openQuestionStand(knowledge, 'flannel', names);
      const { message } = await thread.ask(question);
      const said = plainText(message as never);
      expect(said).toContain('Terway only.');
      expect(said).toContain('/acknet explain flannel-no-ip-available');
      expect(said).not.toContain('Check cluster-x for this');
    },
  );
});
