import { beforeAll, describe, expect, it } from '@jest/globals';
import { checks } from '../../../src/checks/index.js';
import {
  createIntentCatalogue,
  type IntentCatalogue,
} from '../../../src/slack/questions/intent-catalogue.js';
import { openKnowledge } from '../../intents/open-knowledge.js';

let catalogue: IntentCatalogue;
beforeAll(async () => {
  const { intents, matcher } = await openKnowledge();
  catalogue = createIntentCatalogue({ intents, checks, likeliest: (text) => matcher.explain(text).entries });
});

describe('the topics nearest to what no entry is about', () => {
  it.each([
    ['network card loading asynchronous', 'terway-mac-not-found'],
    ['health checks at boot fail due to late connectivity', 'pod-startup-network-delay'],
    ['which SLB is in front of the API server', 'view-cloud-resources'],
  ])('"%s": first %s', (text, id) => {
    expect(catalogue.nearest(text)[0]?.id).toBe(id);
  });

  it.each(['what is the weather tomorrow', ''])('are three, however far from all of them: %j', (text) => {
    expect(catalogue.nearest(text)).toHaveLength(3);
  });
});
