import type { ReactNode } from 'react';
import { Avatar } from '../avatar.js';
import type { Channel, SandboxState } from '../sandbox-state.js';

interface SidebarProps {
  state: SandboxState;
  current: Channel;
  isUnread: (channel: Channel) => boolean;
  open: (channel: Channel) => void;
  me: string;
  become: (id: string) => void;
  lost: boolean;
}

export function Sidebar({ state, current, isUnread, open, me, become, lost }: SidebarProps): ReactNode {
  const entry = (channel: Channel) => (
    <li key={channel.id}>
      <button
        type="button"
        className={`${channel.id === current.id ? 'current' : ''} ${isUnread(channel) ? 'unread' : ''}`}
        onClick={() => open(channel)}
      >
        {channel.is_im ? <Avatar id="bot" name={channel.name} isApp size={20} /> : <i>#</i>}
        {channel.name}
      </button>
    </li>
  );
  return (
    <nav className="sidebar" aria-label="Channels">
      <h1>{state.team.name}</h1>
      <WhoIAm {...{ state, me, become }} />
      <h2>Channels</h2>
      <ul>{state.channels.filter(({ is_im }) => !is_im).map(entry)}</ul>
      <h2>Apps</h2>
      <ul>{state.channels.filter(({ is_im }) => is_im).map(entry)}</ul>
      {lost && <p className="fault">Connection lost. Is the demo still running?</p>}
      <footer>Simulated workspace. The bot is the real one.</footer>
    </nav>
  );
}

function WhoIAm({ state, me, become }: Pick<SidebarProps, 'state' | 'me' | 'become'>): ReactNode {
  const mine = state.users.find(({ id }) => id === me);
  return (
    <div className="who">
      <Avatar id={me} name={mine?.real_name ?? me} size={36} />
      <label>
        <span>I am</span>
        <select value={me} onChange={(event) => become(event.target.value)} aria-label="Who I am">
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
    </div>
  );
}
