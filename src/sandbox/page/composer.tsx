import { type KeyboardEvent, type ReactNode, useState } from 'react';

interface ComposerProps {
  placeholder: string;
  /** Slash commands are for the main composer only; Slack has none in threads. */
  send: (text: string) => Promise<void>;
  autoFocus?: boolean;
}

export function Composer({ placeholder, send }: ComposerProps): ReactNode {
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string>();

  const submit = async () => {
    if (text.trim() === '') return;
    const sent = text;
    setText('');
    setFault(undefined);
    await send(sent).catch((error: unknown) => {
      setText(sent);
      setFault(error instanceof Error ? error.message : String(error));
    });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    void submit();
  };

  return (
    <div className="composer">
      <textarea
        aria-label={placeholder}
        placeholder={placeholder}
        rows={Math.min(8, text.split('\n').length)}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <button type="button" className="button primary" onClick={() => void submit()}>
        Send
      </button>
      {fault && <p className="fault">{fault}</p>}
    </div>
  );
}
