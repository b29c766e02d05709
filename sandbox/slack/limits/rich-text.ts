import { url } from './composition.js';
import { anything, byType, list, number, oneOf, type Rule, shape, string } from './shape.js';

const many = { max: 1000 };
const style = { 'style?': anything };
const leaf = (fields: Readonly<Record<string, Rule>>): Rule => shape({ type: anything, ...fields, ...style });

const inline: Rule = byType({
  text: leaf({ text: string(100_000) }),
  link: leaf({ url, 'text?': string(3000, 0), 'unsafe?': anything }),
  emoji: leaf({ name: string(100), 'unicode?': string(100), 'skin_tone?': number(1, 6) }),
  user: leaf({ user_id: string(255) }),
  usergroup: leaf({ usergroup_id: string(255) }),
  channel: leaf({ channel_id: string(255) }),
  broadcast: leaf({ range: oneOf('here', 'channel', 'everyone') }),
  color: leaf({ value: string(20) }),
  date: leaf({
    timestamp: number(0, 1e11),
    format: string(500),
    'url?': url,
    'fallback?': string(500),
  }),
});

const section = shape({ type: anything, elements: list(inline, many) });
const framed = {
  elements: list(inline, many),
  'border?': number(0, 1),
};

const part: Rule = byType({
  rich_text_section: section,
  rich_text_preformatted: shape({ type: anything, ...framed, 'language?': string(50) }),
  rich_text_quote: shape({ type: anything, ...framed }),
  rich_text_list: shape({
    type: anything,
    style: oneOf('bullet', 'ordered'),
    elements: list(byType({ rich_text_section: section }), many),
    'indent?': number(0, 8),
    'offset?': number(0, 10_000),
    'border?': number(0, 1),
  }),
});

export const richText: Rule = byType({
  rich_text: shape({ type: anything, 'block_id?': string(255), elements: list(part, many) }),
});
