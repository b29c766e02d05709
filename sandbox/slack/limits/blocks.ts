import { anyText, id, imageElement, onePicture, plainText, slackFile, url } from './composition.js';
import {
  accessory,
  actionElement,
  buttonElement,
  contextAction,
  contextElement,
  inputElement,
} from './elements.js';
import { richText } from './rich-text.js';
import {
  anything,
  bool,
  both,
  byType,
  list,
  number,
  oneOf,
  type Rule,
  shape,
  string,
  when,
} from './shape.js';
import { dataTable, table } from './tables.js';

const base = { type: anything, 'block_id?': id };

const taskCard: Rule = shape({
  ...base,
  task_id: id,
  title: string(3000),
  status: oneOf('pending', 'in_progress', 'complete', 'error'),
  'details?': richText,
  'output?': richText,
  'sources?': list(shape({ type: oneOf('url'), url, text: string(3000) }), { max: 100 }),
});

const card: Rule = shape({
  ...base,
  'title?': anyText(150),
  'subtitle?': anyText(150),
  'body?': anyText(200),
  'icon?': imageElement,
  'hero_image?': imageElement,
  'actions?': list(buttonElement, { max: 3 }),
});

const simple: Readonly<Record<string, Rule>> = {
  section: both(
    shape({
      ...base,
      'text?': anyText(3000),
      'fields?': list(anyText(2000), { min: 1, max: 10 }),
      'accessory?': accessory,
      'expand?': bool,
    }),
    when((block) => block.text === undefined && block.fields === undefined, 'missing required field: text'),
  ),
  header: shape({ ...base, text: plainText(150), 'level?': number(1, 4) }),
  divider: shape(base),
  context: shape({ ...base, elements: list(contextElement, { min: 1, max: 10 }) }),
  actions: shape({ ...base, elements: list(actionElement, { min: 1, max: 25 }) }),
  context_actions: shape({ ...base, elements: list(contextAction, { min: 1, max: 5 }) }),
  image: both(
    shape({
      ...base,
      'image_url?': url,
      'slack_file?': slackFile,
      alt_text: string(2000),
      'title?': plainText(2000),
    }),
    onePicture,
  ),
  input: shape({
    ...base,
    label: plainText(2000),
    element: inputElement,
    'dispatch_action?': bool,
    'hint?': plainText(2000),
    'optional?': bool,
  }),
  rich_text: richText,
  markdown: shape({ ...base, text: string(12_000) }),
  table,
  data_table: dataTable,
  task_card: taskCard,
  plan: shape({ ...base, title: string(3000), 'tasks?': list(taskCard, { max: 50 }) }),
  card,
  carousel: shape({ ...base, elements: list(card, { min: 1, max: 10 }) }),
  alert: shape({
    ...base,
    text: anyText(200),
    'level?': oneOf('default', 'info', 'warning', 'error', 'success'),
  }),
  file: shape({ ...base, external_id: id, source: oneOf('remote') }),
  video: shape({
    ...base,
    alt_text: string(2000),
    title: plainText(200),
    thumbnail_url: url,
    video_url: url,
    'author_name?': string(50),
    'description?': plainText(200),
    'provider_icon_url?': url,
    'provider_name?': string(50),
    'title_url?': url,
  }),
  data_visualization: shape({ ...base, title: string(50), chart: anything }),
};

/** What `@slack/types` lists for `child_blocks`: no container in a container, no plan, no card. */
const childTypes = Object.fromEntries(
  [
    'actions',
    'context',
    'divider',
    'header',
    'image',
    'input',
    'rich_text',
    'section',
    'table',
    'video',
  ].flatMap((type) => Object.entries(simple).filter(([name]) => name === type)),
);

const container: Rule = both(
  shape({
    ...base,
    'title?': plainText(150),
    'rich_text_title?': richText,
    'subtitle?': anyText(150),
    'icon?': imageElement,
    child_blocks: list(byType(childTypes), { min: 1, max: 10 }),
    'width?': oneOf('narrow', 'standard', 'wide', 'full'),
    'is_collapsible?': bool,
    'default_collapsed?': bool,
  }),
  when(
    (block) => block.title === undefined && block.rich_text_title === undefined,
    'missing required field: title',
  ),
);

export type Surface = 'message' | 'modal' | 'home';

/** Where Slack refuses a block that is right in itself. */
const barred: Readonly<Record<Surface, readonly string[]>> = {
  message: ['alert', 'file'],
  modal: [
    ...['card', 'carousel', 'container', 'context_actions', 'data_table', 'data_visualization'],
    ...['markdown', 'plan', 'table', 'task_card'],
  ],
  home: ['alert', 'context_actions', 'data_table', 'markdown', 'plan', 'table', 'task_card'],
};

export const blockTypes: readonly string[] = [...Object.keys(simple), 'container'];

export function blockRule(surface: Surface): Rule {
  const rules = Object.entries({ ...simple, container });
  return byType(Object.fromEntries(rules.filter(([type]) => !barred[surface].includes(type))));
}
