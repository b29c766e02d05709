import type { ReactNode } from 'react';
import type { ClusterCloud, SwitchThrow } from '../../sandbox-state.js';
import { CloudCalls } from './cloud-calls.js';
import { CloudHoldings } from './cloud-holdings.js';
import { CloudSwitches } from './cloud-switches.js';
import { ClusterChoice } from '../cluster-choice.js';

interface PaneProps {
  clouds: ClusterCloud[];
  clusters: string[];
  chosen: string;
  choose: (name: string) => void;
  throwSwitch: (thrown: SwitchThrow) => void;
}

/** The simulated account of the chosen cluster: what acknet can learn there, and what goes wrong on its way. */
export function CloudPane({ clouds, clusters, chosen, choose, throwSwitch }: PaneProps): ReactNode {
  const cloud = clouds.find(({ cluster }) => cluster === chosen);
  return (
    <aside className="side cloud" aria-label="Simulated account">
      <header>
        <h2>☁</h2>
        <ClusterChoice names={clusters} {...{ chosen, choose }} />
        {cloud && <span className="where">{cloud.region}</span>}
      </header>
      {cloud ? (
        <>
          <CloudSwitches {...{ cloud, throwSwitch }} />
          <CloudCalls calls={cloud.calls} />
          <CloudHoldings cloud={cloud} />
        </>
      ) : (
        <p>{chosen} has no simulated account.</p>
      )}
    </aside>
  );
}
