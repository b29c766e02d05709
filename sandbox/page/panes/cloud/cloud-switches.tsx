import type { ReactNode } from 'react';
import type { SwitchName } from '../../../cloud/shown/cloud-state.js';
import type { ClusterCloud, SwitchThrow } from '../../sandbox-state.js';

interface SwitchesProps {
  cloud: ClusterCloud;
  throwSwitch: (thrown: SwitchThrow) => void;
}

const labels: Readonly<Record<SwitchName, string>> = {
  throttled: 'Throttled',
  denied: 'Denied by RAM',
  expired: 'Token expired',
  failing: 'Answers 503',
  slow: 'Slow',
};

/** Faults of the account, each on until it is switched off. */
export const CloudSwitches = ({ cloud, throwSwitch }: SwitchesProps): ReactNode => (
  <section aria-label="Faults">
    <h3>
      Faults <small>of the next calls, until switched off</small>
    </h3>
    <ul className="switches">
      {(Object.keys(labels) as SwitchName[]).map((name) => (
        <Switch key={name} {...{ cloud, name, throwSwitch }} />
      ))}
    </ul>
    <p>
      acknet keeps many answers for a minute to a day, and leaves an API that is throttled alone for a minute.
    </p>
  </section>
);

const ANY = '';

function Switch({ cloud, name, throwSwitch }: SwitchesProps & { name: SwitchName }): ReactNode {
  const set = cloud.switches[name];
  const to = (on: boolean, api: string) =>
    throwSwitch({ cluster: cloud.cluster, name, on, ...(api === ANY ? {} : { api }) });
  return (
    <li>
      <label>
        <input
          type="checkbox"
          checked={set !== undefined}
          onChange={(event) => to(event.target.checked, ANY)}
        />
        {labels[name]}
      </label>
      <select
        value={set?.api ?? ANY}
        onChange={(event) => to(true, event.target.value)}
        aria-label={`${labels[name]}: which API`}
      >
        <option value={ANY}>any API</option>
        {cloud.actions.map((api) => (
          <option key={api}>{api}</option>
        ))}
      </select>
    </li>
  );
}
