import { useCallback, useEffect, useState } from 'react';
import type { Act, ClusterCloud, ClusterState, SandboxState, SwitchThrow } from './sandbox-state.js';

/** Resolves with false where the sandbox refused; `fault` then says why. */
export type Perform = (action: Act) => Promise<boolean>;

interface Sandbox {
  state: SandboxState | undefined;
  clusters: ClusterState[];
  clouds: ClusterCloud[];
  /** Set when the page cannot reach the sandbox any more. */
  lost: boolean;
  /** Why the last act was refused. */
  fault: string | undefined;
  act: Perform;
  throwSwitch: (thrown: SwitchThrow) => void;
}

/** The state as `me` sees it, fetched anew whenever the server says that something changed. */
export function useSandbox(me: string): Sandbox {
  const [state, setState] = useState<SandboxState>();
  const [clusters, setClusters] = useState<ClusterState[]>([]);
  const [clouds, setClouds] = useState<ClusterCloud[]>([]);
  const [lost, setLost] = useState(false);
  const [fault, setFault] = useState<string>();

  useEffect(() => {
    let current = true;
    const refresh = coalesced(async () => {
      const [slack, kube, accounts] = await Promise.all([
        read<SandboxState>(`/sandbox/state?as=${me}`),
        read<ClusterState[]>('/sandbox/clusters'),
        read<ClusterCloud[]>('/sandbox/clouds'),
      ]);
      if (!current) return;
      setState(slack);
      setClusters(kube);
      setClouds(accounts);
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
      const refusal = await send('/sandbox/act', { as: me, ...action });
      setFault(refusal);
      return refusal === undefined;
    },
    [me],
  );

  const throwSwitch = useCallback(
    (thrown: SwitchThrow) => void send('/sandbox/switch', thrown).then(setFault),
    [],
  );

  return { state, clusters, clouds, lost, fault, act, throwSwitch };
}

const read = async <Answer>(address: string): Promise<Answer> =>
  (await (await fetch(address)).json()) as Answer;

/** The reason of a refusal. */
async function send(address: string, body: object): Promise<string | undefined> {
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
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
