import { describe, expect, it } from '@jest/globals';
import { composeAnswer } from '../../../src/intents/compose-answer.js';
import { fitPassages } from '../../../src/intents/passages/fit-passages.js';
import { entryOf, entryText } from '../entry-text.js';

const withBody = (body: string) => entryOf('node-taint', entryText({}, body));
const passagesOf = (solution: string) =>
  withBody(`## Solution\n\n${solution}\n`).passages.map(({ kinds, markdown }) => [kinds.join(' '), markdown]);

describe('the passages of an entry', () => {
  it('are its blocks, by section where they carry no mark', () => {
    const { passages } = withBody(
      '## Symptom\n\nRed.\n\n## Cause\n\nA.\n\nB.\n\n## Solution\n\nDo it.\n\n## More\n\nWhy.\n\n## Corrections\n\n- Not so. [x]\n',
    );
    expect(passages.map(({ section, kinds, markdown }) => [section, kinds, markdown])).toEqual([
      ['Symptom', ['symptom'], 'Red.'],
      ['Cause', ['cause'], 'A.'],
      ['Cause', ['cause'], 'B.'],
      ['Solution', ['step'], 'Do it.'],
      ['More', ['background'], 'Why.'],
      ['Corrections', ['correction'], 'Not so. [x]'],
    ]);
  });

  it.each([
    ['a marked paragraph', '{#answer limits} No.', [['answer limits', 'No.']]],
    [
      'a marked sentence',
      'Restart it. {#restart-impact} Nothing stops.',
      [
        ['step', 'Restart it.'],
        ['restart-impact', 'Nothing stops.'],
      ],
    ],
    [
      'code after a paragraph',
      '{#check} Look:\n```bash\nls\n```\n\nNext.',
      [
        ['check', 'Look:\n\n```bash\nls\n```'],
        ['step', 'Next.'],
      ],
    ],
    [
      'code after a bullet',
      '- {#check} Look\n```bash\nls\n```\n- {#undo} Back',
      [
        ['check', 'Look\n\n```bash\nls\n```'],
        ['undo', 'Back'],
      ],
    ],
    [
      'code after several sentences: the first has it, unless the last ends in a colon',
      'Go. {#undo} Back.\n```bash\nls\n```\n\nGo. {#check} Look:\n```bash\nps\n```',
      [
        ['step', 'Go.\n\n```bash\nls\n```'],
        ['undo', 'Back.'],
        ['step', 'Go.'],
        ['check', 'Look:\n\n```bash\nps\n```'],
      ],
    ],
    [
      'code after a caution: it belongs to what the caution interrupts',
      'Go:\n\n> {#risk} **Caution:** Hot.\n\n```bash\nls\n```',
      [
        ['step', 'Go:\n\n```bash\nls\n```'],
        ['risk', '> **Caution:** Hot.'],
      ],
    ],
    ['a list after a colon', '{#where} In:\n\n- a\n- b', [['where', 'In:\n\n- a\n- b']]],
    [
      'a marked item of such a list',
      '{#where} In:\n\n- a\n- {#undo} b',
      [
        ['where', 'In:\n\n- a\n- b'],
        ['undo', 'b'],
      ],
    ],
    [
      'each item of another list',
      'Done.\n\n1. One:\n\n   ```bash\n   ls\n   ```\n\n2. {#check} Two',
      [
        ['step', 'Done.'],
        ['step', '1. One:\n\n   ```bash\n   ls\n   ```'],
        ['check', '2. Two'],
      ],
    ],
    [
      'a marked sentence and caution inside an item',
      '- {#step} Go. {#versions} Since 1.2.\n\n  > {#risk} **Caution:** Hot.',
      [
        ['step', 'Go. Since 1.2.\n\n> **Caution:** Hot.'],
        ['versions', 'Since 1.2.'],
        ['risk', '> **Caution:** Hot.'],
      ],
    ],
    [
      'what looks like a mark in code',
      '`{#undo}`:\n```text\n{#undo}\n```',
      [['step', '`{#undo}`:\n\n```text\n{#undo}\n```']],
    ],
  ])('include %s', (_what, solution, expected) => {
    expect(passagesOf(solution)).toEqual(expected);
  });

  it('carry the conditions of their block, and its code goes on with what stands before it', () => {
    const intent = withBody(
      '## Solution\n\n1. {#check} Look:\n\n   :::when runtime=docker\n   ```bash\n   docker ps\n   ```\n   :::\n\n2. Go to {{cluster}}.\n',
    );
    const known = { name: 'prod-a', versions: {}, ageSeconds: 1 };
    expect(fitPassages(intent, { ...known, runtime: 'docker' })).toEqual([
      { kinds: ['check'], section: 'Solution', markdown: '1. Look:', label: undefined },
      { kinds: ['check'], section: 'Solution', markdown: '```bash\ndocker ps\n```', label: undefined },
      { kinds: ['step'], section: 'Solution', markdown: '2. Go to prod-a.', label: undefined },
    ]);
    expect(fitPassages(intent, { ...known, runtime: 'containerd' })).toHaveLength(2);
    expect(fitPassages(intent).map(({ label }) => label)).toEqual([undefined, 'With Docker', undefined]);
  });

  it('leave no mark in the answer', () => {
    const body = '## Solution\n\n1. {#step} Go. {#undo} Back.\n\n> {#risk} **Caution:** Hot.\n\n`{#a}`\n';
    expect(composeAnswer(withBody(body)).sections[0]?.markdown).toBe(
      '1. Go. Back.\n\n> **Caution:** Hot.\n\n`{#a}`',
    );
  });
});
