import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Intent } from '../../../src/intents/intent.js';
import { loadIntents } from '../../../src/intents/load-intents.js';
import { fitPassages } from '../../../src/intents/passages/fit-passages.js';
import { loadPassageKinds } from '../../../src/intents/passages/passage-kinds.js';

let intents: readonly Intent[];
beforeAll(async () => {
  intents = await loadIntents('intents');
});

const kindsOf = (intent: Intent): ReadonlySet<string> =>
  new Set(fitPassages(intent).flatMap(({ kinds }) => kinds));
const bodyOf = ({ sections: { Corrections, ...rest } }: Intent): string => Object.values(rest).join('\n\n');
const has = (text: RegExp) => (intent: Intent) => text.test(bodyOf(intent));

/** Which entries owe a passage, by what their text speaks of. */
const owed: readonly (readonly [string, readonly string[], (intent: Intent) => boolean])[] = [
  ['the matter itself', ['symptom', 'cause', 'answer'], () => true],
  ['what to do or know', ['step', 'answer'], () => true],
  ['a restart', ['restart-impact'], has(/^\s*kubectl .*\b(delete pod|drain|-n kube-system pod -l)\b/m)],
  ['the way back', ['undo'], has(/go back|[Rr]oll the configuration back|takes that back|uncordon/)],
  [
    'versions',
    ['versions'],
    has(
      /\bv?\d+\.\d+(\.\d+)*\S* (and|or) (later|earlier)|[Bb]efore (Terway |Flannel )?v?\d+\.\d+|^:::when (terway|flannel|kubernetes)[<>]/m,
    ),
  ],
  [
    'both kinds of cluster',
    ['managed-or-dedicated'],
    has(/\b[Aa] (managed|dedicated) cluster|on (managed|dedicated) ones|^:::when flavor=/m),
  ],
  ['one plugin only', ['applies-to'], ({ plugin }) => plugin !== undefined],
  [
    'a caution',
    ['risk', 'limits', 'restart-impact', 'prerequisites', 'later-change'],
    has(/\*\*Caution:\*\*/),
  ],
  ['an object to edit', ['where'], has(/^\s*kubectl .*\bedit cm\b/m)],
  ['what cannot be changed', ['later-change'], has(/cannot be changed|cannot be switched later/)],
  ['other entries', ['related'], has(/\bsee `[a-z0-9]+-[a-z0-9-]+`/)],
  ['a departure from the FAQ', ['correction'], ({ sections }) => sections.Corrections !== undefined],
];

describe('the passages of the entries', () => {
  it.each(owed)('tell %s wherever the text does', (_what, kinds, speaksOf) => {
    const speaking = intents.filter(speaksOf);
    expect(speaking.length).toBeGreaterThan(2);
    const silent = speaking.filter((intent) => !kinds.some((kind) => kindsOf(intent).has(kind)));
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it('use every kind there is', async () => {
    const used = new Set(intents.flatMap((intent) => [...kindsOf(intent)]));
    const kinds = Object.entries(await loadPassageKinds('intents'));
    const idle = kinds.filter(([kind, { section }]) => section === undefined && !used.has(kind));
    expect(idle.map(([kind]) => kind)).toEqual([]);
  });

  it('are short: no sentence has to be looked for', () => {
    const long = intents.flatMap(({ id, passages }) =>
      passages
        .map(({ markdown }) => markdown.replace(/^[ \t]*```\w+\n[\s\S]*?^[ \t]*```/gm, ''))
        .filter((prose) => prose.length > 700)
        .map((prose) => `${id}: ${prose.slice(0, 40)}`),
    );
    expect(long).toEqual([]);
  });

  it('can be read alone: each begins as a sentence does', () => {
    const torn = intents.flatMap(({ id, passages }) =>
      passages
        .filter(({ markdown }) => /^(?:\d+\. )?[a-z]/.test(markdown) && !/^kube(ctl|-proxy)/.test(markdown))
        .map(({ markdown }) => `${id}: ${markdown.slice(0, 60)}`),
    );
    expect(torn).toEqual([]);
  });

  it('give code to the block it is about, never to a sentence about something else', () => {
    const odd = intents.flatMap(({ id, passages }) =>
      passages
        .filter(({ kinds }) => ['undo', 'restart-impact', 'limits'].includes(kinds[0] ?? ''))
        .filter(({ markdown }) => /```bash\n[^`]*kubectl .*(delete|edit|drain)/.test(markdown))
        .map(({ markdown }) => `${id}: ${markdown.slice(0, 60)}`),
    );
    expect(odd).toEqual([]);
  });

  it('show no mark', () => {
    const marked = intents.filter(({ passages }) =>
      passages.some(({ markdown }) => /(?<!\$)\{#/.test(markdown)),
    );
    expect(marked.map(({ id }) => id)).toEqual([]);
  });
});
