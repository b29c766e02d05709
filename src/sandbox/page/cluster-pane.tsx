import { type ReactNode, useState } from 'react';
import type { ClusterState } from './sandbox-state.js';

/** The simulated cluster as it is now, so that one sees a fix land. */
export function ClusterPane({ clusters }: { clusters: ClusterState[] }): ReactNode {
  const [chosen, choose] = useState<string>();
  const cluster = clusters.find(({ name }) => name === chosen) ?? clusters[0];
  if (!cluster) return <aside className="cluster">No cluster</aside>;
  return (
    <aside className="cluster" aria-label="Simulated cluster">
      <h2>
        <select value={cluster.name} onChange={(event) => choose(event.target.value)} aria-label="Cluster">
          {clusters.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </h2>
      <h3>Nodes</h3>
      <ul>{cluster.nodes.map(nodeItem)}</ul>
      {cluster.daemonSets.map((set) => (
        <section key={set.name}>
          <h3>{set.name}</h3>
          <ul>{set.pods.map(podItem)}</ul>
        </section>
      ))}
      {cluster.configMaps.map((map) => (
        <section key={map.name}>
          <h3>{map.name}</h3>
          {Object.entries(map.data).map(([key, value]) => (
            <details key={key} open={key === 'cni-conf.json'}>
              <summary>{key}</summary>
              <pre>{value}</pre>
            </details>
          ))}
        </section>
      ))}
    </aside>
  );
}

const nodeItem = (node: ClusterState['nodes'][number]): ReactNode => (
  <li key={node.name} className={node.ready === 'True' ? 'good' : 'bad'} title={node.message}>
    <span className="dot" /> {node.name} <small>{node.ready === 'True' ? 'Ready' : 'NotReady'}</small>
    {node.unschedulable && <small> cordoned</small>}
  </li>
);

const podItem = (pod: ClusterState['daemonSets'][number]['pods'][number]): ReactNode => (
  <li key={pod.name} className={pod.ready ? 'good' : 'bad'}>
    <span className="dot" /> {pod.name} <small>{pod.node}</small>
  </li>
);
