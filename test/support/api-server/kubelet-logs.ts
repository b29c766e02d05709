import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { ApiFault } from '../../../sandbox/cluster/api/api-fault.js';
import { podKind } from '../../../sandbox/cluster/api/objects/kinds.js';
import { type LogStore, readPodLog } from '../../../sandbox/cluster/api/objects/pod-logs.js';
import { createServingCertificate } from '../../../sandbox/cluster/serving-certificate.js';
import type { Admin } from './admin.js';

/** The kubelets' `GET /containerLogs/<namespace>/<pod>/<container>`, where the API server asks for logs. */
export async function serveKubeletLogs(admin: Admin, logs: LogStore) {
  const certificate = await createServingCertificate(new Date());
  const server = createServer(certificate, async (request, response) => {
    const url = new URL(request.url ?? '', 'https://kubelet');
    const [, call, namespace = '', name = '', container = ''] = url.pathname.split('/');
    if (call !== 'containerLogs') return void response.writeHead(404).end('not simulated');
    try {
      const pod = await admin.get(podKind, { namespace, name });
      url.searchParams.set('container', container);
      const asked = { kind: podKind, namespace, name, query: url.searchParams };
      const { body } = readPodLog(asked, { store: { get: () => pod }, logs, now: () => new Date() });
      response.writeHead(200, { 'content-type': 'text/plain' }).end(body);
    } catch (error) {
      response.writeHead(error instanceof ApiFault ? error.status : 500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
