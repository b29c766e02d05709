import type { ReactNode } from 'react';
import type { ClusterState } from '../sandbox-state.js';
import { ClusterChoice } from './cluster-choice.js';

interface PaneProps {
  clusters: ClusterState[];
  chosen: string;
  choose: (name: string) => void;
}

/** The simulated cluster as it is now, so that one sees a fix land. */
export function ClusterPane({ clusters, chosen, choose }: PaneProps): ReactNode {
  const cluster = clusters.find(({ name }) => name === chosen);
  if (!cluster) return <aside className="side">No simulated cluster.</aside>;
  return (
    <aside className="side" aria-label="Simulated cluster">
      <header>
        <h2>⎈</h2>
        <ClusterChoice names={clusters.map(({ name }) => name)} {...{ chosen, choose }} />
        <Health cluster={cluster} />
      </header>
      <h3>Nodes</h3>
      <ul>{cluster.nodes.map(nodeItem)}</ul>
      {cluster.daemonSets.map((set) => (
        <section key={`${set.namespace}/${set.name}`}>
          <h3>
            {set.name} <small>DaemonSet · {set.namespace}</small>
          </h3>
          <ul>{set.pods.map(podItem)}</ul>
        </section>
      ))}
      {cluster.configMaps.map((map) => (
        <section key={`${map.namespace}/${map.name}`}>
          <h3>
            {map.name} <small>ConfigMap · {map.namespace}</small>
          </h3>
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

function Health({ cluster }: { cluster: ClusterState }): ReactNode {
  const ready = cluster.nodes.filter((node) => node.ready === 'True').length;
  const all = cluster.nodes.length;
  return (
    <span className={`health ${ready === all ? 'good' : 'bad'}`}>
      {ready}/{all} Ready
    </span>
  );
}

const nodeItem = (node: ClusterState['nodes'][number]): ReactNode => (
  <li key={node.name} className={node.ready === 'True' ? 'good' : 'bad'} title={node.message}>
    <span className="dot" />
    <span className="name">{node.name}</span>
    <small>
      {node.ready === 'True' ? 'Ready' : 'NotReady'}
      {node.unschedulable && ', cordoned'}
    </small>
    {node.ready !== 'True' && node.message && <p>{node.message}</p>}
  </li>
);

const podItem = (pod: ClusterState['daemonSets'][number]['pods'][number]): ReactNode => (
  <li key={pod.name} className={pod.ready ? 'good' : 'bad'} title={pod.startedAt}>
    <span className="dot" />
    <span className="name">{pod.name}</span>
    <small>{pod.node}</small>
  </li>
);
