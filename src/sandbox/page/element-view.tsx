import { type ReactNode, useState } from 'react';
import { type Block, type ConfirmDialog, type Element, textOf } from './block-kit.js';

/** One click: what the simulated client sends for it. */
export interface Click {
  actionId: string;
  blockId: string | undefined;
  value: string | undefined;
}
export type Press = (click: Click) => void;

type Props = { element: Element; block: Block; press: Press };

export function ElementView(props: Props): ReactNode {
  switch (props.element.type) {
    case 'button':
      return <Button {...props} />;
    case 'feedback_buttons':
      return <Feedback {...props} />;
    case 'static_select':
    case 'overflow':
      return <Select {...props} />;
    default:
      return <em>({props.element.type})</em>;
  }
}

function Button({ element, block, press }: Props): ReactNode {
  const [asking, ask] = useState(false);
  const send = () =>
    press({ actionId: element.action_id ?? '', blockId: block.block_id, value: element.value });
  const style = typeof element.style === 'string' ? element.style : '';
  return (
    <>
      <button
        type="button"
        className={`button ${style}`}
        data-action-id={element.action_id}
        onClick={() =>
          element.url
            ? window.open(element.url, '_blank', 'noreferrer')
            : element.confirm
              ? ask(true)
              : send()
        }
      >
        {textOf(element.text)}
      </button>
      {asking && element.confirm && (
        <Confirm
          dialog={element.confirm}
          answer={(yes) => {
            ask(false);
            if (yes) send();
          }}
        />
      )}
    </>
  );
}

function Confirm({ dialog, answer }: { dialog: ConfirmDialog; answer: (yes: boolean) => void }): ReactNode {
  return (
    <div className="veil">
      <div className="modal confirm" role="alertdialog" aria-label={textOf(dialog.title)}>
        <h3>{textOf(dialog.title)}</h3>
        <p>{textOf(dialog.text)}</p>
        <footer>
          <button type="button" className="button" onClick={() => answer(false)}>
            {textOf(dialog.deny) || 'Cancel'}
          </button>
          <button
            type="button"
            className={`button ${dialog.style ?? 'primary'}`}
            onClick={() => answer(true)}
          >
            {textOf(dialog.confirm) || 'Yes'}
          </button>
        </footer>
      </div>
    </div>
  );
}

function Feedback({ element, block, press }: Props): ReactNode {
  const [given, give] = useState<string>();
  return [element.positive_button, element.negative_button].map((button) =>
    button ? (
      <button
        key={button.value}
        type="button"
        className={`button quiet ${given === button.value ? 'given' : ''}`}
        data-action-id={element.action_id}
        onClick={() => {
          give(button.value);
          press({ actionId: element.action_id ?? '', blockId: block.block_id, value: button.value });
        }}
      >
        {textOf(button.text)}
      </button>
    ) : null,
  );
}

function Select({ element, block, press }: Props): ReactNode {
  return (
    <select
      data-action-id={element.action_id}
      value=""
      onChange={(event) =>
        press({ actionId: element.action_id ?? '', blockId: block.block_id, value: event.target.value })
      }
    >
      <option value="" disabled>
        {textOf(element.placeholder) || '⋯'}
      </option>
      {(element.options ?? []).map((option) => (
        <option key={option.value} value={option.value}>
          {textOf(option.text)}
        </option>
      ))}
    </select>
  );
}
