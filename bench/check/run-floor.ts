import { Agent, request } from 'undici';
import { PAGE } from './cluster-pages.js';
import { cpuMs } from '../cpu-ms.js';
import type { FloorMeasure } from './messages.js';

/** The least that listing costs: page after page, parsed and let go. */
const [port = '', ...lists] = process.argv.slice(2);
const dispatcher = new Agent({ connections: 1 });
const from = performance.now();
const cpuFrom = process.cpuUsage();
for (const path of lists) {
  let token: string | undefined;
  do {
    const more: string = token === undefined ? '' : `&continue=${token}`;
    const { body } = await request(`http://127.0.0.1:${port}${path}?limit=${PAGE}${more}`, {
      dispatcher,
      headers: { authorization: 'Bearer bench' },
    });
    const page = JSON.parse(await body.text()) as { metadata: { continue?: string } };
    token = page.metadata.continue;
  } while (token !== undefined);
}
const measure: FloorMeasure = {
  wallMs: performance.now() - from,
  cpuMs: cpuMs(process.cpuUsage(cpuFrom)),
  peakRssMb: process.resourceUsage().maxRSS / 1024,
};
process.send?.(measure);
await dispatcher.close();
process.disconnect();
