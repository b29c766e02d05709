import { once } from 'node:events';
import type { Runtime } from '../../src/cli/runtime.js';
import { AcknetError } from '../../src/errors.js';
import { startDemo } from './start-demo.js';
import { welcome } from './welcome.js';

/** The demo says the keys it made up, so that its log can be read. */
interface DemoRuntime extends Runtime {
  readonly stdout: { write(text: string): unknown };
}

/** The real bot and worker against simulated far ends, in one process, with a page to use them by. */
export async function demo(options: { port: string }, runtime: DemoRuntime): Promise<void> {
  const running = await startDemo(readPort(options.port), runtime);
  const { world, url, audit } = running;
  try {
    runtime.stdout.write(
      welcome({ url, kubeconfig: world.adminKubeconfig, audit: { redisUrl: world.redis?.url, ...audit } }),
    );
    if (!runtime.stop.aborted) await once(runtime.stop, 'abort');
  } finally {
    await running.close();
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new AcknetError('usage.invalid', `--port ${text} is not a port.`);
}
