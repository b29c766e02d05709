import { type ReactNode, useEffect, useRef } from 'react';
import { Composer } from './composer.js';
import { MessageView } from './message-view.js';
import type { Names } from './mrkdwn.js';
import type { Act, Channel, Message } from './sandbox-state.js';

interface ChannelProps {
  channel: Channel;
  names: Names;
  act: (action: Act) => Promise<void>;
  openThread: (ts: string) => void;
}

export function ChannelPane({ channel, names, act, openThread }: ChannelProps): ReactNode {
  const end = useRef<HTMLDivElement>(null);
  const roots = channel.messages.filter(isRoot);
  // biome-ignore lint/correctness/useExhaustiveDependencies: scroll when a message arrives or the channel changes
  useEffect(() => end.current?.scrollIntoView(), [roots.length, channel.id]);

  return (
    <main className="channel" aria-label={channel.name}>
      <header>
        <h2>
          {channel.is_im ? '' : '#'}
          {channel.name}
        </h2>
      </header>
      <div className="messages">
        {roots.length === 0 && <Hints channel={channel} act={act} />}
        {roots.map((message) => (
          <MessageView
            key={message.ts}
            message={message}
            channel={channel}
            names={names}
            act={act}
            replies={
              channel.messages.filter((reply) => reply.thread_ts === message.ts && reply.ts !== message.ts)
                .length
            }
            openThread={() => openThread(message.ts)}
          />
        ))}
        <div ref={end} />
      </div>
      <Composer
        placeholder={`Message ${channel.is_im ? '' : '#'}${channel.name}: @acknet … or /acknet …`}
        send={(text) => act({ act: text.startsWith('/') ? 'command' : 'say', channel: channel.id, text })}
      />
    </main>
  );
}

function Hints({ channel, act }: { channel: Channel; act: ChannelProps['act'] }): ReactNode {
  const prompts = channel.suggested_prompts ?? [];
  return (
    <div className="hints">
      <p>Nothing here yet. Try:</p>
      {prompts.map((prompt) => (
        <button
          type="button"
          className="button"
          key={prompt.title}
          onClick={() => void act({ act: 'say', channel: channel.id, text: prompt.message })}
        >
          {prompt.title}
        </button>
      ))}
      {prompts.length === 0 && (
        <ul>
          <li>@acknet nodes went NotReady after we bumped the flannel image by hand</li>
          <li>/acknet check cluster-x</li>
          <li>/acknet help</li>
        </ul>
      )}
    </div>
  );
}

const isRoot = (message: Message): boolean =>
  message.thread_ts === undefined ||
  message.thread_ts === message.ts ||
  message.subtype === 'thread_broadcast';
