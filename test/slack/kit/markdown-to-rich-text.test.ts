import { describe, expect, it } from '@jest/globals';
import { markdownToRichText } from '../../../src/slack/kit/writing/markdown-to-rich-text.js';

const parts = (markdown: string) => markdownToRichText(markdown).flatMap(({ elements }) => elements);
const text = (markdown: string) => JSON.stringify(parts(markdown));

describe('the Markdown of an entry', () => {
  it('keeps code and names as they are: nothing in rich text is mark-up', () => {
    expect(parts('Set `nf_conntrack_max` & <x> to **64 * 2**.')).toEqual([
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: 'Set ' },
          { type: 'text', text: 'nf_conntrack_max', style: { code: true } },
          { type: 'text', text: ' & ' },
          { type: 'text', text: '<x>' },
          { type: 'text', text: ' to ' },
          { type: 'text', text: '64 * 2', style: { bold: true } },
          { type: 'text', text: '.' },
        ],
      },
    ]);
  });

  it('numbers steps on across their code blocks', () => {
    const steps = '1. One:\n\n   ```bash\n   kubectl get nodes\n   ```\n\n2. Two.\n';
    expect(parts(steps).map(({ type }) => type)).toEqual([
      'rich_text_section',
      'rich_text_preformatted',
      'rich_text_section',
    ]);
    expect(text(steps)).toContain('"1. "');
    expect(text(steps)).toContain('"2. "');
  });

  it.each([
    ['- a\n- b', ['rich_text_list']],
    ['1. a\n2. b', ['rich_text_list']],
    ['- a\n  - inner\n- b', ['rich_text_list', 'rich_text_list', 'rich_text_list']],
    ['1. a\n   - inner\n2. b', ['rich_text_section', 'rich_text_list', 'rich_text_section']],
    ['> **Caution:** x', ['rich_text_quote']],
  ])('%j becomes %j', (markdown, types) => {
    expect(parts(markdown).map(({ type }) => type)).toEqual(types);
  });

  it('keeps links, with their words', () => {
    expect(text('See [the page](https://x.y/?a=1&b=2).')).toContain(
      '{"type":"link","url":"https://x.y/?a=1&b=2","text":"the page"}',
    );
  });

  it('splits a code block that is too long for one', () => {
    const long = Array.from({ length: 400 }, (_, n) => `line ${n} of a script`).join('\n');
    const blocks = markdownToRichText(`\`\`\`bash\n${long}\n\`\`\``);
    expect(blocks.length).toBeGreaterThan(2);
    for (const n of [0, 200, 399]) expect(JSON.stringify(blocks)).toContain(`line ${n} of a script`);
  });
});
