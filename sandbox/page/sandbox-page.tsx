import { type ReactNode, useEffect, useState } from 'react';
import { ChannelPane } from './panes/channel-pane.js';
import { CloudPane } from './panes/cloud/cloud-pane.js';
import { ClusterPane } from './panes/cluster-pane.js';
import { useLinks } from './links.js';
import { ModalView } from './panes/modal-view.js';
import { namesOf } from './names.js';
import { rememberedPlace, rememberPlace } from './place.js';
import type { Channel, SandboxState } from './sandbox-state.js';
import { Sidebar } from './panes/sidebar.js';
import { ThreadPane } from './panes/thread-pane.js';
import { TopBar } from './panes/top-bar.js';
import { useSides } from './use-sides.js';
import { useSandbox } from './use-sandbox.js';

export function SandboxPage(): ReactNode {
  const [begun] = useState(rememberedPlace);
  const [me, setMe] = useState(begun.me ?? 'U0ANA');
  const [channelId, setChannelId] = useState(begun.channel);
  const [thread, setThread] = useState(begun.thread);
  const sides = useSides();
  const [chosen, choose] = useState<string>();
  const [showsChannels, showChannels] = useState(false);
  useEffect(() => rememberPlace({ me, channel: channelId, thread }), [me, channelId, thread]);
  const { state, clusters, clouds, lost, fault, act, throwSwitch } = useSandbox(me);
  const channel = state?.channels.find(({ id }) => id === channelId) ?? state?.channels[0];
  const isUnread = useUnread(state, channel);
  useLinks(({ channel: id, ts, thread: of }) => {
    setChannelId(id);
    setThread(of ?? ts);
    showChannels(false);
  });
  if (!state || !channel)
    return <p className="loading">{lost ? 'The sandbox does not answer.' : 'Loading…'}</p>;

  const names = namesOf(state);
  const ofCluster = { chosen: chosen ?? clusters[0]?.name ?? '', choose };
  const view = state.views.at(-1);
  const open = (to: Channel) => {
    setChannelId(to.id);
    setThread(undefined);
    showChannels(false);
    if (to.is_im) void act({ act: 'openDm', channel: to.id });
  };
  const become = (id: string) => {
    setMe(id);
    // A person's DM is their own: the same place for the next one is theirs.
    if (channel.is_im) setChannelId(undefined);
    setThread(undefined);
  };

  return (
    <div className="page">
      <TopBar
        team={state.team.name}
        {...{ sides, showsChannels }}
        showChannels={(shown) => {
          showChannels(shown);
          if (shown) sides.clear();
        }}
      />
      <div className={`workspace ${showsChannels ? 'with-channels' : ''}`}>
        <Sidebar {...{ state, current: channel, isUnread, open, me, become, lost }} />
        <ChannelPane {...{ channel, state, names, act }} openThread={setThread} />
        {thread && (
          <ThreadPane {...{ channel, state, names, act }} ts={thread} close={() => setThread(undefined)} />
        )}
        {sides.shown.includes('cluster') && <ClusterPane clusters={clusters} {...ofCluster} />}
        {sides.shown.includes('cloud') && (
          <CloudPane {...{ clouds, throwSwitch, ...ofCluster }} clusters={clusters.map(({ name }) => name)} />
        )}
      </div>
      {view && <ModalView key={view.id} {...{ view, names, act }} depth={state.views.length} />}
      {fault && (
        <p className="toast" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

/** A channel is unread while it holds a message newer than the last one seen there. */
function useUnread(state: SandboxState | undefined, current: Channel | undefined) {
  const [seen, setSeen] = useState<Record<string, string>>({});
  const newest = current?.messages.at(-1)?.ts ?? '';
  const key = `${state?.me}/${current?.id}`;
  useEffect(() => setSeen((before) => ({ ...before, [key]: newest })), [key, newest]);
  return (channel: Channel): boolean => {
    const last = channel.messages.at(-1)?.ts;
    return (
      last !== undefined && channel.id !== current?.id && last > (seen[`${state?.me}/${channel.id}`] ?? '')
    );
  };
}
