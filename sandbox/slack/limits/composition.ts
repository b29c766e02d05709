import { anything, bool, both, byType, list, oneOf, type Rule, shape, string, when } from './shape.js';

const longest = 3000;
export const id: Rule = string(255);
export const url: Rule = string(3000);

export const plainText = (max = longest, min = 1): Rule =>
  shape({ type: oneOf('plain_text'), text: string(max, min), 'emoji?': bool });

export const anyText = (max = longest): Rule =>
  byType({
    plain_text: plainText(max),
    mrkdwn: shape({ type: oneOf('mrkdwn'), text: string(max), 'verbatim?': bool }),
  });

export const confirm: Rule = shape({
  title: plainText(100),
  text: anyText(300),
  confirm: plainText(30),
  deny: plainText(30),
  'style?': oneOf('primary', 'danger'),
});

const option: Rule = shape({
  text: anyText(75),
  value: string(150),
  'description?': anyText(75),
  'url?': url,
});

export const options = (max: number, min = 1): Rule => list(option, { min, max });

export const optionGroups: Rule = list(shape({ label: plainText(75), options: options(100) }), {
  min: 1,
  max: 100,
});

export { option };

export const slackFile: Rule = shape({ 'id?': string(255), 'url?': url });

/** An image block or element names its picture in exactly one of two ways. */
export const onePicture = when(
  (image) => (image.image_url === undefined) === (image.slack_file === undefined),
  'must provide either image_url or slack_file',
);

export const dispatchConfig: Rule = shape({ 'trigger_actions_on?': list(anything, { max: 2 }) });

export const imageElement: Rule = both(
  shape({
    type: oneOf('image'),
    'image_url?': url,
    'slack_file?': slackFile,
    alt_text: string(2000),
  }),
  onePicture,
);
