import type { ReactNode } from 'react';
import type { Side, Sides } from '../use-sides.js';

const labels: Readonly<Record<Side, string>> = { cluster: '⎈ Cluster', cloud: '☁ Cloud' };

interface TopBarProps {
  team: string;
  sides: Sides;
  /** Where there is no room for them beside the messages. */
  showsChannels: boolean;
  showChannels: (shown: boolean) => void;
}

export function TopBar(props: TopBarProps): ReactNode {
  const { team, sides, showsChannels, showChannels } = props;
  return (
    <div className="topbar">
      <button
        type="button"
        className="channels"
        aria-pressed={showsChannels}
        onClick={() => showChannels(!showsChannels)}
      >
        ☰ Channels
      </button>
      <span className="search">Search {team}</span>
      <span className="asides">
        {(Object.keys(labels) as Side[]).map((side) => (
          <button
            key={side}
            type="button"
            aria-pressed={sides.shown.includes(side)}
            onClick={() => sides.toggle(side)}
          >
            {labels[side]}
          </button>
        ))}
      </span>
    </div>
  );
}
