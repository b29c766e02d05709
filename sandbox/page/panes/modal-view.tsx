import type { FormEvent, ReactNode } from 'react';
import { Blocks } from '../blocks/blocks.js';
import type { Names } from '../names.js';
import type { View } from '../sandbox-state.js';
import type { Perform } from '../use-sandbox.js';

interface ModalProps {
  view: View;
  names: Names;
  act: Perform;
  /** How many modals are open; over the first, closing goes back. */
  depth: number;
}

export function ModalView({ view, names, act, depth }: ModalProps): ReactNode {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void act({ act: 'submit', viewId: view.id, values: valuesOf(event.currentTarget) });
  };
  const close = () => void act({ act: 'closeView', viewId: view.id });
  return (
    <div className="veil">
      <form className="modal" onSubmit={submit} aria-label={view.title.text} noValidate>
        <header>
          <h3>
            {depth > 1 && '‹ '}
            {view.title.text}
          </h3>
          <button type="button" className="close" aria-label="Close" onClick={close}>
            ✕
          </button>
        </header>
        <div className="content">
          {view.errors?.[''] && <p className="fault">{view.errors['']}</p>}
          <Blocks
            blocks={view.blocks}
            names={names}
            errors={view.errors ?? {}}
            press={(click) => void act({ act: 'click', viewId: view.id, ...click })}
          />
        </div>
        <footer>
          <button type="button" className="button" onClick={close}>
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

/** `{block: {action: value}}`, a list where the element takes several. */
function valuesOf(form: HTMLFormElement): Record<string, Record<string, string | string[]>> {
  const values: Record<string, Record<string, string | string[]>> = {};
  const data = new FormData(form);
  for (const name of new Set(data.keys())) {
    const [block = '', action = ''] = name.split('/');
    const given = data.getAll(name).map(String);
    values[block] = { ...values[block], [action]: given.length > 1 ? given : (given[0] ?? '') };
  }
  return values;
}
