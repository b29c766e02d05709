import { HandedOver } from './job-context.js';

/** The jobs this process works on, each with the means to make it stop. */
export interface ActiveJobs {
  begin(key: string): AbortSignal;
  end(key: string): void;
  handOver(key: string): void;
  /** Also whatever begins from now on. */
  handOverAll(): void;
}

export function createActiveJobs(): ActiveJobs {
  const controllers = new Map<string, AbortController>();
  let ending = false;
  const handOver = (key: string): void => controllers.get(key)?.abort(new HandedOver());
  return {
    handOver,
    begin: (key) => {
      const controller = new AbortController();
      controllers.set(key, controller);
      if (ending) handOver(key);
      return controller.signal;
    },
    end: (key) => void controllers.delete(key),
    handOverAll: () => {
      ending = true;
      for (const key of controllers.keys()) handOver(key);
    },
  };
}
