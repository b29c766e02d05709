import { useCallback, useEffect, useState } from 'react';
import type { Act, ClusterState, SandboxState } from './sandbox-state.js';

export interface Sandbox {
  state: SandboxState | undefined;
  clusters: ClusterState[];
  /** Set when the page cannot reach the sandbox any more. */
  lost: boolean;
  act(action: Act): Promise<void>;
}

/** The state as `me` sees it, fetched anew whenever the server says that something changed. */
export function useSandbox(me: string): Sandbox {
  const [state, setState] = useState<SandboxState>();
  const [clusters, setClusters] = useState<ClusterState[]>([]);
  const [lost, setLost] = useState(false);

  useEffect(() => {
    let current = true;
    const refresh = coalesced(async () => {
      const [slack, kube] = await Promise.all([
        fetch(`/sandbox/state?as=${me}`).then((response) => response.json() as Promise<SandboxState>),
        fetch('/sandbox/clusters').then((response) => response.json() as Promise<ClusterState[]>),
      ]);
      if (!current) return;
      setState(slack);
      setClusters(kube);
    });
    const events = new EventSource('/sandbox/events');
    events.onmessage = refresh;
    events.onopen = () => {
      setLost(false);
      refresh();
    };
    events.onerror = () => setLost(true);
    return () => {
      current = false;
      events.close();
    };
  }, [me]);

  const act = useCallback(
    async (action: Act) => {
      const response = await fetch('/sandbox/act', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ as: me, ...action }),
      });
      if (!response.ok) throw new Error(await response.text());
    },
    [me],
  );

  return { state, clusters, lost, act };
}

/** Runs `task` again once after the run during which it was asked for, however often it was. */
function coalesced(task: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  const run = async () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    do {
      again = false;
      await task().catch(() => undefined);
    } while (again);
    running = false;
  };
  return () => void run();
}
