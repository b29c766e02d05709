import { Fragment, type ReactNode, useState } from 'react';
import { Composer } from './composer.js';
import { dayOf } from '../blocks/dates.js';
import { HomePane } from './home-pane.js';
import { MessageView } from '../message-view.js';
import type { Names } from '../names.js';
import type { Channel, Message, SandboxState } from '../sandbox-state.js';
import { useBottom } from '../use-bottom.js';
import type { Perform } from '../use-sandbox.js';

interface ChannelProps {
  channel: Channel;
  state: SandboxState;
  names: Names;
  act: Perform;
  openThread: (ts: string) => void;
}

export function ChannelPane(props: ChannelProps): ReactNode {
  const { channel, state, names, act } = props;
  const [tab, setTab] = useState<'messages' | 'home'>('messages');
  const choose = (to: 'messages' | 'home') => {
    setTab(to);
    if (to === 'home') void act({ act: 'openHome' });
  };
  const atHome = channel.is_im && tab === 'home';
  return (
    <main className="channel" aria-label={channel.name}>
      <header>
        <h2>
          {channel.is_im ? '' : '# '}
          {channel.name}
        </h2>
        {channel.topic && <span className="topic">{channel.topic}</span>}
        {!channel.is_im && <span className="members">{channel.member_count} members</span>}
      </header>
      {channel.is_im && <Tabs tab={tab} choose={choose} />}
      {atHome ? <HomePane view={state.home} names={names} act={act} /> : <Conversation {...props} />}
    </main>
  );
}

function Tabs({ tab, choose }: { tab: string; choose: (tab: 'messages' | 'home') => void }): ReactNode {
  return (
    <div className="tabs" role="tablist">
      {(['home', 'messages'] as const).map((name) => (
        <button key={name} type="button" role="tab" aria-selected={tab === name} onClick={() => choose(name)}>
          {name === 'home' ? 'Home' : 'Messages'}
        </button>
      ))}
    </div>
  );
}

function Conversation({ channel, state, names, act, openThread }: ChannelProps): ReactNode {
  const box = useBottom(`${state.me}/${channel.id}`);
  const roots = channel.messages.filter(isRoot);
  return (
    <>
      <div className="messages" ref={box}>
        <div className="filler" />
        {roots.length === 0 && <Hints channel={channel} act={act} />}
        {roots.map((message, index) => (
          <Fragment key={message.ts}>
            {dayOf(message.ts) !== dayOf(roots[index - 1]?.ts) && <Day ts={message.ts} />}
            <MessageView
              {...{ message, channel, state, names, act }}
              follows={sameAuthor(roots[index - 1], message)}
              replies={channel.messages.filter((reply) => isReply(reply, message))}
              openThread={() => openThread(message.ts)}
            />
          </Fragment>
        ))}
      </div>
      <Composer
        key={channel.id}
        placeholder={`Message ${channel.is_im ? '' : '#'}${channel.name}`}
        state={state}
        send={(text) => act({ act: text.startsWith('/') ? 'command' : 'say', channel: channel.id, text })}
      />
    </>
  );
}

const Day = ({ ts }: { ts: string }): ReactNode => (
  <div className="day">
    <span>{dayOf(ts)}</span>
  </div>
);

function Hints({ channel, act }: { channel: Channel; act: Perform }): ReactNode {
  const prompts = channel.suggested_prompts ?? [];
  const say = (text: string) =>
    void act({ act: text.startsWith('/') ? 'command' : 'say', channel: channel.id, text });
  const tries = channel.is_im ? inDm : inChannel;
  const shown = prompts.length > 0 ? prompts : tries.map((message) => ({ title: message, message }));
  return (
    <div className="hints">
      <h3>{channel.is_im ? `Ask ${channel.name}` : `# ${channel.name}`}</h3>
      <p>{channel.topic || 'This conversation is just the two of you'}. Nothing here yet. Try:</p>
      {shown.map((prompt) => (
        <button type="button" className="button" key={prompt.title} onClick={() => say(prompt.message)}>
          {prompt.title}
        </button>
      ))}
    </div>
  );
}

const inChannel = [
  '@acknet nodes went NotReady after we bumped the flannel image by hand',
  '/acknet check cluster-x',
  '/acknet help',
];
const inDm = ['nodes went NotReady after we bumped the flannel image by hand', 'help'];

const isRoot = (message: Message): boolean =>
  message.thread_ts === undefined ||
  message.thread_ts === message.ts ||
  message.subtype === 'thread_broadcast';

const isReply = (reply: Message, root: Message): boolean =>
  reply.thread_ts === root.ts && reply.ts !== root.ts && !reply.is_ephemeral;

/** Slack leaves out avatar and name where one person goes on within five minutes. */
const sameAuthor = (before: Message | undefined, message: Message): boolean =>
  before !== undefined &&
  before.user === message.user &&
  before.is_ephemeral === message.is_ephemeral &&
  Number(message.ts) - Number(before.ts) < 300;
