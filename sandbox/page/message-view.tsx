import type { ReactNode } from 'react';
import { Avatar } from './avatar.js';
import { clock } from './blocks/dates.js';
import { emoji } from './blocks/emoji.js';
import { MessageBody } from './message-body.js';
import type { Names } from './names.js';
import type { Channel, Message, SandboxState } from './sandbox-state.js';
import type { Perform } from './use-sandbox.js';

interface MessageProps {
  message: Message;
  channel: Channel;
  state: SandboxState;
  names: Names;
  act: Perform;
  /** Same author as the message above: no avatar, no name. */
  follows?: boolean;
  replies?: Message[];
  openThread?: () => void;
}

export function MessageView(props: MessageProps): ReactNode {
  const { message, channel, names, act, follows = false, replies = [], openThread } = props;
  const author = message.username ?? (message.user ? names.user(message.user) : 'app');
  const status = channel.statuses?.find((entry) => entry.thread_ts === message.ts)?.status;
  const isApp = message.bot_id !== undefined;
  const shape = `${message.is_ephemeral ? 'ephemeral' : ''} ${follows ? 'follows' : ''}`;
  return (
    <article className={`message ${shape}`} data-ts={message.ts}>
      <div className="gutter">
        {follows ? (
          <time>{clock(message.ts)}</time>
        ) : (
          <Avatar id={message.user ?? 'app'} name={author} isApp={isApp} />
        )}
      </div>
      <div className="body">
        {message.is_ephemeral && <p className="only-you">👁 Only visible to you</p>}
        {!follows && (
          <header>
            <b>{author}</b>
            {isApp && <span className="tag">APP</span>}
            <time>{clock(message.ts)}</time>
          </header>
        )}
        <MessageBody {...{ message, channel, names, act }} />
        <Reactions message={message} />
        {replies.length > 0 && <Replies {...props} replies={replies} />}
        {status && openThread && <p className="status">acknet {status}</p>}
      </div>
      {openThread && !message.is_ephemeral && (
        <button type="button" className="reply-here" title="Reply in thread" onClick={openThread}>
          💬 Reply in thread
        </button>
      )}
    </article>
  );
}

function Reactions({ message }: { message: Message }): ReactNode {
  if (!message.reactions?.length) return null;
  return (
    <div className="reactions">
      {message.reactions.map(({ name, count }) => (
        <span key={name} title={`:${name}:`}>
          {emoji(name) ?? `:${name}:`} {count}
        </span>
      ))}
    </div>
  );
}

function Replies({ replies, names, openThread }: MessageProps & { replies: Message[] }): ReactNode {
  const last = replies.at(-1);
  const authors = new Map(replies.map((reply) => [reply.user ?? 'app', reply.bot_id !== undefined]));
  return (
    <button type="button" className="replies" onClick={openThread}>
      {[...authors].map(([id, isApp]) => (
        <Avatar key={id} id={id} name={names.user(id)} isApp={isApp} size={22} />
      ))}
      <b>
        {replies.length} {replies.length === 1 ? 'reply' : 'replies'}
      </b>
      <small>{last && `Last reply at ${clock(last.ts)}`}</small>
    </button>
  );
}
