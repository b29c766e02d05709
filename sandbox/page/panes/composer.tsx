import { type KeyboardEvent, type ReactNode, useState } from 'react';
import type { SandboxState } from '../sandbox-state.js';

interface ComposerProps {
  placeholder: string;
  state: SandboxState;
  /** Resolves with false where it could not be sent; the text then stays. */
  send: (text: string) => Promise<boolean>;
}

export function Composer({ placeholder, state, send }: ComposerProps): ReactNode {
  const [text, setText] = useState('');
  const offers = offersFor(text, state);

  const submit = async () => {
    if (text.trim() === '') return;
    const sent = text;
    setText('');
    if (!(await send(sent.trim()))) setText(sent);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Tab' && offers[0]) {
      event.preventDefault();
      setText(offers[0].completed);
    }
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    void submit();
  };

  return (
    <div className="composer">
      {offers.length > 0 && (
        <ul className="offers">
          {offers.map((offer) => (
            <li key={offer.completed}>
              <button type="button" onClick={() => setText(offer.completed)}>
                <b>{offer.name}</b> {offer.about}
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="format" aria-hidden="true">
        <b>B</b> <i>I</i> <s>S</s> <span>&lt;/&gt;</span> <span>“ ”</span>
      </div>
      <textarea
        aria-label={placeholder}
        placeholder={placeholder}
        rows={Math.min(8, text.split('\n').length)}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="send">
        <small>Shift + Enter for a new line</small>
        <button type="button" aria-label="Send" disabled={text.trim() === ''} onClick={() => void submit()}>
          ➤
        </button>
      </div>
    </div>
  );
}

interface Offer {
  name: string;
  about: string;
  completed: string;
}

/** What Slack offers while one types a slash command or a mention; Tab takes the first. */
function offersFor(text: string, { commands, users, usergroups }: SandboxState): Offer[] {
  if (/^\/\S*$/.test(text))
    return commands
      .filter((name) => name.startsWith(text) && name !== text)
      .map((name) => ({ name, about: 'container networking, checked and fixed', completed: `${name} ` }));
  const typed = /(^|\s)@([\w-]*)$/.exec(text);
  if (!typed) return [];
  const before = text.slice(0, text.length - (typed[2] ?? '').length);
  const handles = [
    ...users.map(({ name, real_name, title }) => ({ name, about: title ?? real_name ?? 'app' })),
    ...usergroups.map(({ handle }) => ({ name: handle, about: 'user group' })),
  ];
  return handles
    .filter(({ name }) => name !== 'Slackbot' && name.startsWith(typed[2] ?? ''))
    .map(({ name, about }) => ({ name: `@${name}`, about, completed: `${before}${name} ` }));
}
