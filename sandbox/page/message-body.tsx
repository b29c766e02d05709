import type { ReactNode } from 'react';
import { type Attachment, textOf } from './blocks/block-kit.js';
import { Blocks } from './blocks/blocks.js';
import type { Click } from './blocks/element-view.js';
import { Mrkdwn } from './blocks/mrkdwn.js';
import type { Names } from './names.js';
import type { Channel, Message } from './sandbox-state.js';
import type { Perform } from './use-sandbox.js';

interface BodyProps {
  message: Message;
  channel: Channel;
  names: Names;
  act: Perform;
}

export function MessageBody({ message, channel, names, act }: BodyProps): ReactNode {
  const press = (click: Click) => void act({ act: 'click', channel: channel.id, ts: message.ts, ...click });
  const tombstone = message.subtype === 'tombstone' ? 'tombstone' : '';
  return (
    <>
      {message.blocks?.length ? (
        <Blocks blocks={message.blocks} names={names} press={press} />
      ) : (
        message.text && (
          <div className={`text ${tombstone}`}>
            <Mrkdwn text={message.text} names={names} />
            {message.edited && <small> (edited)</small>}
          </div>
        )
      )}
      {message.attachments?.map((attachment, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: attachments have no identity of their own
        <div className="attachment" key={index} style={{ borderColor: colour(attachment.color) }}>
          <AttachmentBody {...{ attachment, names, press }} />
        </div>
      ))}
      {message.files?.map((file) => (
        <details className="file" key={file.id}>
          <summary>
            <span className="file-icon">≡</span>
            <span>
              <b>{file.title ?? file.name}</b>
              <small>{file.name} · plain text</small>
            </span>
          </summary>
          <pre>{file.content}</pre>
        </details>
      ))}
    </>
  );
}

interface AttachmentProps {
  attachment: Attachment;
  names: Names;
  press: (click: Click) => void;
}

function AttachmentBody({ attachment, names, press }: AttachmentProps): ReactNode {
  if (attachment.blocks) return <Blocks blocks={attachment.blocks} names={names} press={press} />;
  const text = textOf(attachment.text ?? attachment.fallback ?? '');
  return (
    <>
      {attachment.title && <b>{attachment.title}</b>}
      <Mrkdwn text={text} names={names} />
    </>
  );
}

const named: Readonly<Record<string, string>> = { good: '#2eb886', warning: '#daa038', danger: '#a30200' };

/** Slack takes the hex with or without `#`. */
function colour(value: string | undefined): string {
  if (value === undefined) return '#ddd';
  return named[value] ?? (value.startsWith('#') ? value : `#${value}`);
}
