import type { ReactNode } from 'react';
import { type ConfirmDialog, textOf } from '../blocks/block-kit.js';
import { unescapeText } from '../blocks/mrkdwn.js';

interface ConfirmProps {
  dialog: ConfirmDialog;
  answer: (yes: boolean) => void;
}

export function Confirm({ dialog, answer }: ConfirmProps): ReactNode {
  return (
    <div className="veil">
      <div className="modal confirm" role="alertdialog" aria-label={textOf(dialog.title)}>
        <header>
          <h3>{textOf(dialog.title)}</h3>
        </header>
        <div className="content">{unescapeText(textOf(dialog.text))}</div>
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
