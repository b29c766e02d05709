import { type ReactNode, useState } from 'react';
import { ChannelPane } from './channel-pane.js';
import { ClusterPane } from './cluster-pane.js';
import { ModalView } from './modal-view.js';
import type { Names } from './mrkdwn.js';
import type { Channel, SandboxState } from './sandbox-state.js';
import { ThreadPane } from './thread-pane.js';
import { useSandbox } from './use-sandbox.js';

export function SandboxPage(): ReactNode {
  const [me, setMe] = useState(() => new URLSearchParams(location.search).get('as') ?? 'U0ANA');
  const [channelId, setChannelId] = useState<string>();
  const [thread, setThread] = useState<string>();
  const { state, clusters, lost, act } = useSandbox(me);
  if (!state) return <p className="loading">{lost ? 'The sandbox does not answer.' : 'Loading…'}</p>;

  const channel = state.channels.find(({ id }) => id === channelId) ?? state.channels[0];
  const names = namesOf(state);
  const open = (to: Channel) => {
    setChannelId(to.id);
    setThread(undefined);
    if (to.is_im) void act({ act: 'openDm', channel: to.id });
  };

  return (
    <div className="page">
      <Sidebar state={state} current={channel} open={open} me={me} setMe={setMe} lost={lost} />
      {channel && <ChannelPane channel={channel} names={names} act={act} openThread={setThread} />}
      {channel && thread && (
        <ThreadPane
          channel={channel}
          ts={thread}
          names={names}
          act={act}
          close={() => setThread(undefined)}
        />
      )}
      <ClusterPane clusters={clusters} />
      {state.views.at(-1) && (
        <ModalView key={state.views.at(-1)?.id} view={state.views.at(-1) as never} names={names} act={act} />
      )}
    </div>
  );
}

interface SidebarProps {
  state: SandboxState;
  current: Channel | undefined;
  open: (channel: Channel) => void;
  me: string;
  setMe: (id: string) => void;
  lost: boolean;
}

function Sidebar({ state, current, open, me, setMe, lost }: SidebarProps): ReactNode {
  return (
    <nav className="sidebar">
      <h1>{state.team.name}</h1>
      <label>
        I am
        <select value={me} onChange={(event) => setMe(event.target.value)} aria-label="Who I am">
          {state.users
            .filter((user) => !user.is_bot)
            .map((user) => (
              <option key={user.id} value={user.id}>
                {user.real_name ?? user.name}
                {user.title ? ` – ${user.title}` : ''}
              </option>
            ))}
        </select>
      </label>
      <ul>
        {state.channels.map((channel) => (
          <li key={channel.id}>
            <button
              type="button"
              className={channel.id === current?.id ? 'current' : ''}
              onClick={() => open(channel)}
            >
              {channel.is_im ? '● ' : '# '}
              {channel.name}
            </button>
          </li>
        ))}
      </ul>
      {lost && <p className="fault">Connection lost. Is the demo still running?</p>}
      <footer>Simulated workspace. The bot is the real one.</footer>
    </nav>
  );
}

const namesOf = (state: SandboxState): Names => ({
  user: (id) => {
    const user = state.users.find((candidate) => candidate.id === id);
    return user?.real_name ?? user?.name ?? id;
  },
  channel: (id) => state.channels.find((channel) => channel.id === id)?.name ?? id,
  group: (id) => state.usergroups.find((group) => group.id === id)?.handle ?? id,
});
