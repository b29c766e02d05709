import { type ReactNode, useEffect, useRef } from 'react';
import { Composer } from './composer.js';
import { MessageView } from './message-view.js';
import type { Names } from './mrkdwn.js';
import type { Act, Channel } from './sandbox-state.js';

interface ThreadProps {
  channel: Channel;
  /** The thread's root message. */
  ts: string;
  names: Names;
  act: (action: Act) => Promise<void>;
  close: () => void;
}

export function ThreadPane({ channel, ts, names, act, close }: ThreadProps): ReactNode {
  const end = useRef<HTMLDivElement>(null);
  const messages = channel.messages.filter((message) => message.ts === ts || message.thread_ts === ts);
  const status = channel.statuses?.find((entry) => entry.thread_ts === ts)?.status;
  // biome-ignore lint/correctness/useExhaustiveDependencies: scroll when a reply arrives
  useEffect(() => end.current?.scrollIntoView(), [messages.length]);

  return (
    <section className="thread" aria-label="Thread">
      <header>
        <h2>Thread</h2>
        <button type="button" className="button quiet" onClick={close} aria-label="Close thread">
          ✕
        </button>
      </header>
      <div className="messages">
        {messages.map((message) => (
          <MessageView key={message.ts} message={message} channel={channel} names={names} act={act} />
        ))}
        {status && <p className="status">acknet {status}</p>}
        <div ref={end} />
      </div>
      <Composer
        placeholder="Reply…"
        send={(text) =>
          act({ act: text.startsWith('/') ? 'command' : 'say', channel: channel.id, text, threadTs: ts })
        }
      />
    </section>
  );
}
