import type { ReactNode } from 'react';
import { Blocks } from './blocks.js';
import { Mrkdwn, type Names } from './mrkdwn.js';
import type { Act, Channel, Message } from './sandbox-state.js';

interface MessageProps {
  message: Message;
  channel: Channel;
  names: Names;
  act: (action: Act) => Promise<void>;
  replies?: number;
  openThread?: () => void;
}

export function MessageView({
  message,
  channel,
  names,
  act,
  replies = 0,
  openThread,
}: MessageProps): ReactNode {
  const author = message.user ? names.user(message.user) : 'app';
  return (
    <article className={`message ${message.is_ephemeral ? 'ephemeral' : ''}`} data-ts={message.ts}>
      <div className={`avatar ${message.bot_id ? 'bot' : ''}`}>{author.slice(0, 1).toUpperCase()}</div>
      <div className="body">
        <header>
          <b>{author}</b>
          {message.bot_id && <span className="tag">APP</span>}
          <time>{clock(message.ts)}</time>
          {message.is_ephemeral && <small>Only visible to you</small>}
        </header>
        <MessageBody message={message} channel={channel} names={names} act={act} />
        {replies > 0 && (
          <button type="button" className="replies" onClick={openThread}>
            {replies} {replies === 1 ? 'reply' : 'replies'}
          </button>
        )}
      </div>
      {openThread && !message.is_ephemeral && (
        <button type="button" className="reply-here" title="Reply in thread" onClick={openThread}>
          💬
        </button>
      )}
    </article>
  );
}

function MessageBody({
  message,
  channel,
  names,
  act,
}: Pick<MessageProps, 'message' | 'channel' | 'names' | 'act'>): ReactNode {
  const press = (click: { actionId: string; blockId: string | undefined; value: string | undefined }) =>
    void act({ act: 'click', channel: channel.id, ts: message.ts, ...click });
  return (
    <>
      {message.blocks?.length ? (
        <Blocks blocks={message.blocks} names={names} press={press} />
      ) : (
        message.text && <Mrkdwn text={message.text} names={names} />
      )}
      {message.attachments?.map((attachment, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: attachments have no identity of their own
        <div className="attachment" key={index} style={{ borderColor: colour(attachment.color) }}>
          {attachment.blocks ? (
            <Blocks blocks={attachment.blocks} names={names} press={press} />
          ) : (
            <Mrkdwn text={attachment.text ?? attachment.fallback ?? ''} names={names} />
          )}
        </div>
      ))}
      {message.files?.map((file) => (
        <details className="file" key={file.id}>
          <summary>📄 {file.title ?? file.name}</summary>
          <pre>{file.content}</pre>
        </details>
      ))}
    </>
  );
}

const named: Readonly<Record<string, string>> = { good: '#2eb886', warning: '#daa038', danger: '#a30200' };
const colour = (value: string | undefined): string =>
  value === undefined ? '#ddd' : (named[value] ?? value);

const clock = (ts: string): string =>
  new Date(Number(ts.split('.')[0]) * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
