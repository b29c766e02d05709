import type { ReactNode } from 'react';
import { Composer } from './composer.js';
import { MessageView } from '../message-view.js';
import type { Names } from '../names.js';
import type { Channel, SandboxState } from '../sandbox-state.js';
import { useBottom } from '../use-bottom.js';
import type { Perform } from '../use-sandbox.js';

interface ThreadProps {
  channel: Channel;
  state: SandboxState;
  /** The thread's root message. */
  ts: string;
  names: Names;
  act: Perform;
  close: () => void;
}

export function ThreadPane({ channel, state, ts, names, act, close }: ThreadProps): ReactNode {
  const box = useBottom(`${state.me}/${ts}`);
  const root = channel.messages.find((message) => message.ts === ts);
  const replies = channel.messages.filter((message) => message.thread_ts === ts && message.ts !== ts);
  const status = channel.statuses?.find((entry) => entry.thread_ts === ts)?.status;
  const shared = { channel, state, names, act };
  return (
    <section className="thread" aria-label="Thread">
      <header>
        <h2>Thread</h2>
        <span className="topic">{channel.is_im ? channel.name : `#${channel.name}`}</span>
        <button type="button" className="close" onClick={close} aria-label="Close thread">
          ✕
        </button>
      </header>
      <div className="messages" ref={box}>
        {root && <MessageView message={root} {...shared} />}
        {replies.length > 0 && (
          <div className="reply-count">
            <span>
              {replies.length} {replies.length === 1 ? 'reply' : 'replies'}
            </span>
          </div>
        )}
        {replies.map((message) => (
          <MessageView key={message.ts} message={message} {...shared} />
        ))}
        {status && <p className="status">acknet {status}</p>}
      </div>
      <Composer
        key={ts}
        placeholder="Reply…"
        state={state}
        send={(text) =>
          act({ act: text.startsWith('/') ? 'command' : 'say', channel: channel.id, text, threadTs: ts })
        }
      />
    </section>
  );
}
