import { useCallback, useEffect, useState } from 'react';
import type { Act, ClusterState, SandboxState } from './sandbox-state.js';

/** Resolves with false where the sandbox refused; `fault` then says why. */
export type Perform = (action: Act) => Promise<boolean>;

export interface Sandbox {
  state: SandboxState | undefined;
  clusters: ClusterState[];
  /** Set when the page cannot reach the sandbox any more. */
  lost: boolean;
  /** Why the last act was refused. */
  fault: string | undefined;
  act: Perform;
}

/** The state as `me` sees it, fetched anew whenever the server says that something changed. */
export function useSandbox(me: string): Sandbox {
  const [state, setState] = useState<SandboxState>();
  const [clusters, setClusters] = useState<ClusterState[]>([]);
  const [lost, setLost] = useState(false);
  const [fault, setFault] = useState<string>();

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

  const act = useCallback<Perform>(
    async (action) => {
      const refusal = await send({ as: me, ...action });
      setFault(refusal);
      return refusal === undefined;
    },
    [me],
  );

  return { state, clusters, lost, fault, act };
}

async function send(action: Act & { as: string }): Promise<string | undefined> {
  try {
    const response = await fetch('/sandbox/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(action),
    });
    return response.ok ? undefined : await response.text();
  } catch {
    return 'The sandbox does not answer.';
  }
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
