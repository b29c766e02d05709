import type { FormEvent, ReactNode } from 'react';
import { Blocks } from './blocks.js';
import type { Names } from './mrkdwn.js';
import type { Act, View } from './sandbox-state.js';

interface ModalProps {
  view: View;
  names: Names;
  act: (action: Act) => Promise<void>;
}

export function ModalView({ view, names, act }: ModalProps): ReactNode {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void act({ act: 'submit', viewId: view.id, values: valuesOf(event.currentTarget) });
  };
  return (
    <div className="veil">
      <form className="modal" onSubmit={submit} aria-label={view.title.text}>
        <h3>{view.title.text}</h3>
        <Blocks
          blocks={view.blocks}
          names={names}
          press={(click) => void act({ act: 'click', viewId: view.id, ...click })}
        />
        {Object.entries(view.errors ?? {}).map(([block, fault]) => (
          <p className="fault" key={block}>
            {fault}
          </p>
        ))}
        <footer>
          <button
            type="button"
            className="button"
            onClick={() => void act({ act: 'closeView', viewId: view.id })}
          >
            {view.close?.text ?? 'Cancel'}
          </button>
          {view.submit && (
            <button type="submit" className="button primary">
              {view.submit.text}
            </button>
          )}
        </footer>
      </form>
    </div>
  );
}

/** `{block: {action: value}}`; the simulator turns each into Slack's state for its element. */
function valuesOf(form: HTMLFormElement): Record<string, Record<string, string>> {
  const values: Record<string, Record<string, string>> = {};
  for (const [name, value] of new FormData(form)) {
    const [block = '', action = ''] = name.split('/');
    values[block] = { ...values[block], [action]: String(value) };
  }
  return values;
}
