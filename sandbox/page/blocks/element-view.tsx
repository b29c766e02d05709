import { followLink } from '../links.js';
import { type ReactNode, useState } from 'react';
import { type Block, type Element, textOf } from './block-kit.js';
import { Confirm } from '../panes/confirm-dialog.js';
import { emojified } from './emoji.js';
import { Choices, Overflow, Select } from './select-elements.js';

/** One click: what the simulated client sends for it. */
export interface Click {
  actionId: string;
  blockId: string | undefined;
  value: string | undefined;
}
export type Press = (click: Click) => void;

interface Props {
  element: Element;
  block: Block;
  press: Press;
}
export type DrawnProps = Props & { send: (value: string | undefined) => void };

/** Any element that acts at once; where it has a confirm dialog, only after that said yes. */
export function ElementView({ element, block, press }: Props): ReactNode {
  const [asking, ask] = useState<{ value: string | undefined }>();
  const pressNow = (value: string | undefined) =>
    press({ actionId: element.action_id ?? '', blockId: block.block_id, value });
  const send = (value: string | undefined) => (element.confirm ? ask({ value }) : pressNow(value));
  const View = views[element.type];
  if (!View) return <em>({element.type})</em>;
  return (
    <>
      <View {...{ element, block, press, send }} />
      {asking && element.confirm && (
        <Confirm
          dialog={element.confirm}
          answer={(yes) => {
            ask(undefined);
            if (yes) pressNow(asking.value);
          }}
        />
      )}
    </>
  );
}

const views: Readonly<Record<string, (props: DrawnProps) => ReactNode>> = {
  button: Button,
  icon_button: IconButton,
  feedback_buttons: Feedback,
  static_select: Select,
  external_select: Select,
  overflow: Overflow,
  radio_buttons: Choices,
  checkboxes: Choices,
  image: ({ element }) => <img className="accessory" src={element.image_url} alt={element.alt_text ?? ''} />,
};

function Button({ element, send }: DrawnProps): ReactNode {
  const style = typeof element.style === 'string' ? element.style : '';
  const press = () => {
    if (element.url && /^https?:/i.test(element.url)) followLink(element.url);
    send(element.value);
  };
  return (
    <button
      type="button"
      className={`button ${style}`}
      data-action-id={element.action_id}
      aria-label={element.accessibility_label ?? textOf(element.text)}
      onClick={press}
    >
      {emojified(textOf(element.text))}
    </button>
  );
}

function IconButton({ element, send }: DrawnProps): ReactNode {
  return (
    <button
      type="button"
      className="icon-button"
      data-action-id={element.action_id}
      title={textOf(element.text)}
      onClick={() => send(element.value)}
    >
      🗑
    </button>
  );
}

function Feedback({ element, send }: DrawnProps): ReactNode {
  const [given, give] = useState<string>();
  const buttons = [
    { button: element.positive_button, sign: '👍' },
    { button: element.negative_button, sign: '👎' },
  ];
  return buttons.map(({ button, sign }) =>
    button ? (
      <button
        key={sign}
        type="button"
        className={`icon-button ${given === button.value ? 'given' : ''}`}
        data-action-id={element.action_id}
        title={textOf(button.text)}
        aria-label={textOf(button.text)}
        onClick={() => {
          give(button.value);
          send(button.value);
        }}
      >
        {sign}
      </button>
    ) : null,
  );
}
